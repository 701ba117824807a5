/** What the browser needs of the contract before anything is sent: kept apart from the schemas, which load Zod. */
export const CHAT_CONTENT_MAX = 8_000;

export const CHAT_TIERS = ["fast", "smart"] as const;
export type ChatTier = (typeof CHAT_TIERS)[number];

export const isChatTier = (value: unknown): value is ChatTier => CHAT_TIERS.some((tier) => tier === value);
