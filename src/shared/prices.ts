import { z } from "zod";

/** Prices in credits. The server's word alone decides; the client shows them. */
export const prices = z.object({
  chat: z.object({ fast: z.int(), smart: z.int() }),
  /** Each image. */
  image: z.int(),
  signUpBonus: z.int(),
});
export type Prices = z.infer<typeof prices>;
