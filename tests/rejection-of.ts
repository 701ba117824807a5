/** What `work` was refused with. @throws Error when it succeeds. */
export async function rejectionOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("It was expected to fail.");
}
