import { z } from "zod";

export const STEPS = ["hour", "day", "week"] as const;
export const overviewInput = z.strictObject({ by: z.enum(STEPS).default("day") });

/** What happened in a span of time. Days and weeks are those of UTC; weeks begin on Monday. */
export const figures = z.object({
  newUsers: z.int(),
  /** People who used something. Of several spans together, like the days of a week: one span's, on average. */
  activeUsers: z.int(),
  /** Chat answers delivered, those from the cache among them. */
  answers: z.int(),
  cachedAnswers: z.int(),
  images: z.int(),
  /**
   * Answers and images asked for that began, whatever came of them. `failed`: those that should have been delivered and
   * were not; what the provider declined or its user gave up is not among them.
   */
  asked: z.int(),
  failed: z.int(),
  /** Credits that came from purchases, that were given, that were used, and that refunds and corrections took. */
  creditsSold: z.int(),
  creditsGiven: z.int(),
  creditsUsed: z.int(),
  creditsTaken: z.int(),
  /** In the currency's smallest unit, at the time of the sale. */
  revenue: z.int(),
  refunded: z.int(),
  /** What the providers are thought to charge, in millionths of a US dollar. */
  costMicros: z.int(),
  /** Revenue less refunds and cost, in the currency's smallest unit. */
  margin: z.int(),
  /** From the request to the first words of an answer that was not cached, in ms; null without any. */
  firstTokenP50: z.number().nullable(),
  firstTokenP95: z.number().nullable(),
});
export type Figures = z.infer<typeof figures>;

export const overview = z.object({
  by: z.enum(STEPS),
  currency: z.string(),
  /** True when the money is play money. */
  play: z.boolean(),
  now: z.object({
    users: z.int(),
    /** Seen in the last 24 hours, 7 and 30 days. */
    active: z.object({ day: z.int(), week: z.int(), month: z.int() }),
    /** All accounts together. */
    available: z.int(),
    held: z.int(),
    owed: z.int(),
    /** Answers and images in the making. */
    running: z.int(),
  }),
  /** All of the points together. */
  total: figures,
  /** Oldest first, without gaps; the last is still under way. */
  points: z.array(figures.extend({ at: z.date() })),
  /** True while figures of the past are still being counted: what is shown of it is too little. */
  catchingUp: z.boolean(),
  asOf: z.date(),
});
export type Overview = z.infer<typeof overview>;
