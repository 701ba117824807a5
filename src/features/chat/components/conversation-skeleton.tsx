/** Where a conversation is about to stand. */
export function ConversationSkeleton() {
  return (
    <div aria-hidden className="grid gap-4">
      <div className="skeleton h-8 w-3/5" />
      <div className="skeleton mt-4 h-5 w-full max-w-[68ch]" />
      <div className="skeleton h-5 w-11/12 max-w-[64ch]" />
      <div className="skeleton h-5 w-4/5 max-w-[52ch]" />
    </div>
  );
}
