export default function AdminLoading() {
  return (
    <div
      role="status"
      aria-label="Opening the page"
      className="mx-auto grid w-full max-w-6xl gap-8 px-4 pt-8 sm:px-8 sm:pt-12"
    >
      <div className="skeleton h-11 w-56" />
      <div className="skeleton h-11" />
      <div className="skeleton h-72" />
    </div>
  );
}
