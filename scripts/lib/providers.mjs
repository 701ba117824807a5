/**
 * What the sandbox can stand in for, and the variables that turn each live. One key is enough for chat: the app then
 * asks only the providers that have one, so that a made-up answer never stands in for a real one.
 */
export const parts = [
  { name: "chat", keys: ["GEMINI_API_KEY", "OPENAI_API_KEY"], costs: true },
  { name: "images", keys: ["REPLICATE_API_TOKEN"], costs: true },
  { name: "image storage", keys: ["CLOUDINARY_URL"], costs: false },
  { name: "payments", keys: ["PAYPAL_CLIENT_ID"], costs: false },
];

/** The parts without a key, which are therefore played by the sandbox. Play money never buys what costs real money. */
export function sandboxed(environment) {
  const isLive = ({ keys }) => keys.some((key) => environment[key]?.trim());
  const costsMoney = parts.some((part) => part.costs && isLive(part));
  return parts.filter((part) => !isLive(part) && !(part.name === "payments" && costsMoney));
}
