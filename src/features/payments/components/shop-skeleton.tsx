/** The shop's shape, until it has said what it sells. */
export function ShopSkeleton() {
  return (
    <div role="status" aria-label="Opening the shop" className="grid gap-10 lg:grid-cols-2 lg:gap-16">
      <div className="skeleton h-96" />
      <div className="skeleton h-72" />
    </div>
  );
}
