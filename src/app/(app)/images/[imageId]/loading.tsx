export default function ImageLoading() {
  return (
    <div
      role="status"
      aria-label="Opening the image"
      className="mx-auto grid w-full max-w-7xl gap-8 px-4 pt-16 sm:px-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-12"
    >
      <div className="skeleton aspect-4/3" />
      <div className="skeleton h-40" />
    </div>
  );
}
