import { cn } from "../lib/cn";
import { CopyButton } from "./copy-button";

/** The id an operator can look this request up by, in small type. */
export function RequestId({ id, className }: { id: string; className?: string }) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1 text-ink-soft text-sm", className)}>
      <span className="truncate">
        Request <span className="font-mono">{id}</span>
      </span>
      <CopyButton text={id} what="the request id" className="[&_svg]:size-3.5" />
    </span>
  );
}
