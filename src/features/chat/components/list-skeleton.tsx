/** Where conversations are about to be listed. */
export function ListSkeleton() {
  return (
    <div aria-hidden className="grid gap-3 px-3 py-2">
      {["w-4/5", "w-3/5", "w-2/3", "w-1/2"].map((width) => (
        <div key={width} className={`skeleton h-5 ${width}`} />
      ))}
    </div>
  );
}
