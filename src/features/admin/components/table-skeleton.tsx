const WIDTHS = { a: "w-full", b: "w-11/12", c: "w-full", d: "w-10/12", e: "w-11/12" };

/** Stands for a list that is being read. */
export function TableSkeleton() {
  return (
    <div role="status" aria-label="Looking" className="grid gap-3 border-t pt-3">
      {Object.entries(WIDTHS).map(([key, width]) => (
        <div key={key} className={`skeleton h-9 ${width}`} />
      ))}
    </div>
  );
}
