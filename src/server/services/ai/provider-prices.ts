/** What a provider asks from a day on, in millionths of a US dollar. */
interface Price {
  since: string;
  /** For a million tokens. */
  input?: number;
  output?: number;
  /** For one image. */
  image?: number;
}

const usd = (dollars: number) => Math.round(dollars * 1_000_000);

/**
 * Public list prices without discounts, oldest first: what a call is thought to have cost is worked out with the price of
 * its day. A new price is added below the old one. Cached input, batches and free quotas are not looked at.
 */
const PRICES: Record<string, Price[]> = {
  // ai.google.dev/gemini-api/docs/pricing
  "gemini/gemini-3.5-flash": [{ since: "2026-05-19", input: usd(1.5), output: usd(9) }],
  "gemini/gemini-3.1-flash-lite": [{ since: "2026-03-03", input: usd(0.25), output: usd(1.5) }],
  "gemini/gemini-2.5-pro": [{ since: "2025-06-17", input: usd(1.25), output: usd(10) }],
  "gemini/gemini-2.5-flash": [{ since: "2025-06-17", input: usd(0.3), output: usd(2.5) }],
  "gemini/gemini-2.5-flash-lite": [{ since: "2025-07-22", input: usd(0.1), output: usd(0.4) }],
  // developers.openai.com/api/docs/pricing
  "openai/gpt-5.2": [{ since: "2025-12-11", input: usd(1.75), output: usd(14) }],
  "openai/gpt-5.1": [{ since: "2025-11-13", input: usd(1.25), output: usd(10) }],
  "openai/gpt-5": [{ since: "2025-08-07", input: usd(1.25), output: usd(10) }],
  "openai/gpt-5-mini": [{ since: "2025-08-07", input: usd(0.25), output: usd(2) }],
  "openai/gpt-5-nano": [{ since: "2025-08-07", input: usd(0.05), output: usd(0.4) }],
  // replicate.com/pricing
  "replicate/black-forest-labs/flux-schnell": [{ since: "2024-08-01", image: usd(0.003) }],
  "replicate/black-forest-labs/flux-dev": [{ since: "2024-08-01", image: usd(0.025) }],
  "replicate/black-forest-labs/flux-1.1-pro": [{ since: "2024-10-02", image: usd(0.04) }],
  // Outputs are fetched for nothing; Cloudinary is paid by plan, not by file.
  "replicate/files": [{ since: "2024-08-01" }],
  "cloudinary/storage": [{ since: "2024-08-01" }],
};

export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  images?: number;
}

/**
 * What a call is thought to cost, in millionths of a US dollar. A day before the first known price counts as that one's.
 * Undefined for a model nobody wrote a price down for.
 */
export function costOf(provider: string, model: string, usage: Usage, at: Date): number | undefined {
  const prices = PRICES[`${provider}/${model}`];
  if (!prices) return undefined;
  const day = at.toISOString().slice(0, 10);
  const { input = 0, output = 0, image = 0 } = prices.findLast(({ since }) => since <= day) ?? prices[0] ?? {};
  const { inputTokens = 0, outputTokens = 0, images = 0 } = usage;
  return Math.round((inputTokens * input + outputTokens * output) / 1_000_000 + images * image);
}

const CHARACTERS_A_TOKEN = 4;

/** How many tokens a text is, where nobody counted them. */
export const estimateTokens = (characters: number): number => Math.ceil(characters / CHARACTERS_A_TOKEN);
