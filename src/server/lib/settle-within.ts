/** The time is counted in so many parts. */
const PARTS = 10;

/**
 * What the promise settles to, or a rejection after `ms`. While this process is too busy to hear an answer, no more
 * than one part of the time goes by: a busy moment here must not be taken for silence over there.
 */
export async function settleWithin<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const count = (left: number) => {
      if (left === 0) reject(new Error(`no answer within ${ms} ms`));
      else timer = setTimeout(count, ms / PARTS, left - 1);
    };
    count(PARTS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
