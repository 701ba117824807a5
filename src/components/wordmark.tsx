import { cn } from "./lib/cn";

/** A drop of ink, standing in its well. */
export function InkDrop({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <path
        fill="currentColor"
        d="M12 1.5c2.2 3.9 7 8.2 7 13a7 7 0 0 1-14 0c0-4.8 4.8-9.1 7-13Zm-3.7 12.7a.9.9 0 0 0-1 .8 4.9 4.9 0 0 0 4 4.9.9.9 0 1 0 .3-1.8 3.1 3.1 0 0 1-2.5-3 .9.9 0 0 0-.8-.9Z"
      />
    </svg>
  );
}

/** The name as it is written everywhere. On narrow screens, with `compact`, the drop stands for it. */
export function Wordmark({ compact }: { compact?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <InkDrop className="size-5" />
      <span className={cn("display text-xl tracking-tight", compact && "sr-only sm:not-sr-only")}>Inkwell</span>
    </span>
  );
}
