export interface SandboxTurn {
  role: "user" | "assistant";
  text: string;
}

/** What a chat stand-in understood of a request. */
export interface SandboxPrompt {
  flavour: "gemini" | "openai";
  model: string;
  system: string;
  turns: SandboxTurn[];
}

const STOP_WORDS = new Set(
  `about after again also always another because been before being between both could does doing down each ever every
  explain find from give have help here into just know like list little make many maybe me more most much must need only
  other over please really sandbox should show some such tell than that their them then there these they thing things
  this those through under until very want was what when where which while will with without would write your
  the and for are can how you its why who our out not but all any had has her his him she let may one two use a an in is
  it of on to be by do if me my no or so we at as i table code maths math using put`.split(/\s+/),
);

/** Up to `limit` words that say what a text is about, in the order they appear. */
export function topicsOf(text: string, limit: number): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{N}'-]{2,}/gu) ?? [];
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  return [...new Set(telling)].slice(0, limit);
}

/** The text on one line, cut at a word when longer than `limit` characters, harmless inside Markdown. */
export function excerpt(text: string, limit: number): string {
  const line = text
    .replace(/[`*_#|<>[\]$\\]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), limit - 20)).trimEnd()}…`;
}

/** Rough, like every such count made without the provider's own tokenizer: four characters a token. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
