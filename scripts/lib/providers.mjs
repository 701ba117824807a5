/** The providers and the variable that takes each out of the sandbox. */
export const providers = [
  { name: "Gemini", key: "GEMINI_API_KEY" },
  { name: "OpenAI", key: "OPENAI_API_KEY" },
  { name: "Replicate", key: "REPLICATE_API_TOKEN" },
  { name: "Cloudinary", key: "CLOUDINARY_URL" },
];

/** The providers that have no key and are therefore played by the sandbox. */
export function sandboxed(environment) {
  return providers.filter(({ key }) => !environment[key]?.trim());
}
