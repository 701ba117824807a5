import { z } from "zod";

/** An address a browser may be sent to. */
const webAddress = z.url({ protocol: /^https?$/ });

/** What the payer sees of the shop, and where the shop wants the payer back. */
export const experience = z.object({
  brand_name: z.string().max(127).optional(),
  return_url: webAddress.optional(),
  cancel_url: webAddress.optional(),
});
