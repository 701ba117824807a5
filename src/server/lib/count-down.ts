/** The time is counted in so many parts. */
const PARTS = 10;
/** A timer is a little late even when nobody is busy: so much of a part counts as having gone by besides. */
const SLACK = 1.25;

/**
 * Calls `late` after `ms`, unless the returned function is called first. While this process is too busy to hear an
 * answer, little more than one part of the time goes by: a busy moment here must not be taken for silence over there.
 */
export function countDown(ms: number, late: () => void): () => void {
  const part = ms / PARTS;
  let left = ms;
  let lookedAt = performance.now();
  let timer = setTimeout(look, part);
  function look() {
    const now = performance.now();
    left -= Math.min(now - lookedAt, part * SLACK);
    lookedAt = now;
    if (left <= 0) late();
    else timer = setTimeout(look, Math.min(part, left));
  }
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
