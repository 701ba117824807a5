export default function ReceiptLoading() {
  return (
    <div
      role="status"
      aria-label="Opening the receipt"
      className="mx-auto grid w-full max-w-3xl gap-8 px-4 pt-12 sm:px-8"
    >
      <div className="skeleton h-20" />
      <div className="skeleton h-64" />
    </div>
  );
}
