import { z } from "zod";

const milliseconds = z.int().min(0).max(600_000);

/** How fast the sandbox works, in milliseconds. */
export const paceChange = z.strictObject({
  /** Between word-sized pieces of a streamed answer. */
  msPerToken: milliseconds.optional(),
  /** From the request to the first piece. */
  firstTokenMs: milliseconds.optional(),
  /** From ordering an image to its being ready. */
  imageMs: milliseconds.optional(),
});
export type PaceChange = z.infer<typeof paceChange>;
export type Pace = Required<PaceChange>;

/** About as fast as a person likes to watch text arrive. */
export const HUMAN_PACE: Pace = { msPerToken: 25, firstTokenMs: 250, imageMs: 2_500 };
