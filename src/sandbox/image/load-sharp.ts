/** The image library, loaded when the first picture is asked for: an idle sandbox should cost little memory. */
export async function loadSharp() {
  const { default: sharp } = await import("sharp");
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
