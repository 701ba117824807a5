import { z } from "zod";

/** A prediction's id as Replicate writes it: it becomes a part of addresses and of queries. */
export const predictionId = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/);
