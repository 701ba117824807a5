import { cn } from "../lib/cn";

/** Three drops of ink, breathing one after another. Says nothing itself: put words beside it. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn("inline-flex items-center gap-1", className)}>
      {[0, 200, 400].map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-breathe rounded-full bg-current"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </span>
  );
}
