const NAMES: Record<string, string> = {
  gemini: "Gemini",
  openai: "OpenAI",
  replicate: "Replicate",
  cloudinary: "Cloudinary",
  paypal: "PayPal",
  redis: "Redis",
  mongodb: "Database",
};

/** A provider as its makers write it. */
export const providerName = (name: string): string => NAMES[name] ?? name;

const SMALLEST_SHOWN = 100;

/** Millionths of a dollar as dollars: "$0.0042"; what is too little to write is said to be less. */
export function dollars(micros: number): string {
  if (micros > 0 && micros < SMALLEST_SHOWN) return "< $0.0001";
  const fine = micros < 1_000_000;
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: fine ? 4 : 2,
  }).format(micros / 1_000_000);
}
