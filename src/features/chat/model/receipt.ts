import { credits } from "@/components/lib/format";
import type { ChatMessage } from "@/shared/chat";

const PROVIDERS: Record<string, string> = { gemini: "Gemini", openai: "OpenAI" };

/** "gemini-2.5-flash" → "Gemini 2.5 Flash", "gpt-4.1-mini" → "GPT 4.1 Mini". */
export function modelName(model: string): string {
  const bare = model.slice(model.lastIndexOf("/") + 1);
  const words = bare
    .split("-")
    .map((word) => (word === "gpt" ? "GPT" : word.slice(0, 1).toUpperCase() + word.slice(1)));
  return words.join(" ");
}

/** Who else could have answered, when another had to step in. */
function busyProvider(answeredBy: string | undefined): string {
  const other = Object.keys(PROVIDERS).find((name) => name !== answeredBy);
  return (other && PROVIDERS[other]) ?? "the first provider";
}

/** "GPT 4.1 Mini by OpenAI"; a name that says it itself stays as it is. */
function byWhom(name: string, provider = ""): string {
  const maker = PROVIDERS[provider];
  return maker && !name.startsWith(maker) ? `${name} by ${maker}` : name;
}

/** What stands under an answer: what it cost, who gave it, and anything out of the ordinary. */
export function receiptOf(message: ChatMessage): string[] {
  const { charged, cached, fallback, model, provider, sandbox, status } = message;
  const parts: string[] = [];
  if (status === "stopped") parts.push("Stopped");
  if (status === "interrupted") parts.push("Interrupted");
  if (cached) parts.push("Free, answered before");
  else if (charged !== undefined) parts.push(charged === 0 ? "Nothing charged" : credits(charged));
  if (fallback && provider) {
    parts.push(`Answered by ${PROVIDERS[provider] ?? provider}, ${busyProvider(provider)} was busy`);
  } else if (model) {
    parts.push(byWhom(modelName(model), provider));
  }
  if (sandbox) parts.push("sandbox");
  return parts;
}
