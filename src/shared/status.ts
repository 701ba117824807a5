import { z } from "zod";

export const statusMode = z.object({
  sandbox: z.object({ chat: z.boolean(), images: z.boolean(), storage: z.boolean(), payments: z.boolean() }),
});
