interface Page {
  messages: { id: string }[];
  nextCursor?: string | undefined;
}

/**
 * A conversation's pages, newest first, with the newest read anew. What was on it before and is not any more has only
 * moved up: it stays, so that the pages below need not be read again.
 */
export function withNewest<P extends Page>(pages: P[], newest: P): P[] {
  const [before, ...earlier] = pages;
  if (!before) return [newest];
  const known = new Set(newest.messages.map(({ id }) => id));
  const movedUp = before.messages.filter(({ id }) => !known.has(id));
  if (movedUp.length === before.messages.length) return [newest];
  return [{ ...newest, messages: [...movedUp, ...newest.messages], nextCursor: before.nextCursor }, ...earlier];
}
