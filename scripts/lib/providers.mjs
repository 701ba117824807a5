/**
 * What the sandbox can stand in for, and the variables that turn each live. One key is enough for chat: the app then
 * asks only the providers that have one, so that a made-up answer never stands in for a real one.
 */
export const parts = [
  { name: "chat", keys: ["GEMINI_API_KEY", "OPENAI_API_KEY"] },
  { name: "images", keys: ["REPLICATE_API_TOKEN"] },
  { name: "image storage", keys: ["CLOUDINARY_URL"] },
];

/** The parts without a key, which are therefore played by the sandbox. */
export function sandboxed(environment) {
  return parts.filter(({ keys }) => !keys.some((key) => environment[key]?.trim()));
}
