/** The machine's monotonic clock in microseconds: the same in every process, so that they can be compared. */
export function now() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1_000);
}
