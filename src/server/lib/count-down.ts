/** The time is counted in so many parts. */
const PARTS = 10;

/**
 * Calls `late` after `ms`, unless the returned function is called first. While this process is too busy to hear an
 * answer, no more than one part of the time goes by: a busy moment here must not be taken for silence over there.
 */
export function countDown(ms: number, late: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const count = (left: number) => {
    if (left === 0) late();
    else timer = setTimeout(count, ms / PARTS, left - 1);
  };
  count(PARTS);
  return () => clearTimeout(timer);
}

export interface SilenceWatch {
  /** Begins the count anew. Costs nothing: no timer is set. */
  heard(): void;
  stop(): void;
}

/** The same for what has to be heard of again and again. Silence is noticed up to a part of the time later than `ms`. */
export function watchSilence(ms: number, late: () => void): SilenceWatch {
  let left = PARTS;
  const timer = setInterval(() => {
    left -= 1;
    if (left >= 0) return;
    clearInterval(timer);
    late();
  }, ms / PARTS);
  return {
    heard() {
      left = PARTS;
    },
    stop: () => clearInterval(timer),
  };
}
