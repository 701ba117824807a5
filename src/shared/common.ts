import { z } from "zod";

/** Chosen by the client, once per intent: a repeat with the same key never runs or costs twice. */
export const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, "Use 8 to 64 letters, digits, hyphens or underscores.");

/** The id of a stored thing, as the server made it. */
export const itemId = z.string().regex(/^[A-Za-z0-9_-]{6,80}$/, "This is not an id.");

export const cursorInput = z.strictObject({
  cursor: z.string().max(500).optional(),
  /** Said by the client's paging hook; pages go one way only. */
  direction: z.literal("forward").optional(),
  limit: z.int().min(1).max(50).default(20),
});

export const balance = z.object({
  /** Free to spend. */
  available: z.int().min(0),
  /** Set aside for answers and images still being made. */
  held: z.int().min(0),
  /** To be repaid out of the next credits, after a refund of credits already spent. */
  owed: z.int().min(0),
});
export type Balance = z.infer<typeof balance>;

/** A failure after the stream began, in-band. `partial`: some text was delivered before it, and is kept. */
export const streamError = z.object({
  type: z.literal("error"),
  code: z.string(),
  message: z.string(),
  requestId: z.string(),
  partial: z.boolean(),
});

export const okOutput = z.object({ ok: z.literal(true) });
