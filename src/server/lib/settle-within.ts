import { countDown } from "./count-down";

/** What the promise settles to, or a rejection after `ms`, counted as `countDown` does. */
export async function settleWithin<T>(ms: number, promise: Promise<T>): Promise<T> {
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    stop = countDown(ms, () => reject(new Error(`no answer within ${ms} ms`)));
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    stop();
  }
}
