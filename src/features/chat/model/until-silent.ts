/**
 * The events of a stream for as long as it says something: a line that died without a word is silent for ever.
 * @param ms the longest silence
 * @throws Error when it was silent for longer
 */
export async function* untilSilent<T>(events: AsyncIterable<T>, ms: number): AsyncGenerator<T> {
  const reader = events[Symbol.asyncIterator]();
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing heard for ${ms} ms`)), ms);
    });
    try {
      const { value, done } = await Promise.race([reader.next(), silence]);
      if (done) return;
      yield value;
    } finally {
      clearTimeout(timer);
    }
  }
}
