import { hashText, pick, seededRandom } from "../hash";
import { excerpt, type SandboxPrompt, topicsOf } from "./prompt";
import { adviceList, codeSection, longSection, mathsSection, type Subject, tableSection } from "./sections";

const WANTS_CODE =
  /\b(code|function|script|snippet|program|typescript|javascript|python|sql|bash|shell|rust|css|json|regex)\b/i;
const WANTS_TABLE = /\b(table|compare|comparison|versus|vs|columns?|pros and cons)\b/i;
const WANTS_MATHS = /\b(maths?|mathematics|equation|formula|integral|proof|derive|latex|probability)\b/i;
const WANTS_LONG = /sandbox:\s*long/i;
const WANTS_BLOCK = /sandbox:\s*blocked/i;

/** True when the prompt asks to see a safety refusal: `sandbox: blocked`. */
export function asksForBlock(prompt: SandboxPrompt): boolean {
  return WANTS_BLOCK.test(lastQuestion(prompt));
}

/**
 * A reply worth reading while trying the app: it says where it comes from, gives the prompt and the earlier turns back,
 * and shows code, a table or maths when asked. The same conversation gets the same reply; the two flavours differ.
 */
export function composeReply(prompt: SandboxPrompt): string {
  const question = lastQuestion(prompt);
  const subject: Subject = {
    prompt: question,
    topics: topicsOf(question, 4),
    random: seededRandom(hashText(JSON.stringify([prompt.flavour, prompt.system, prompt.turns]))),
  };
  const parts = prompt.flavour === "gemini" ? geminiFrame(prompt, subject) : openaiFrame(prompt, subject);
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The reply in word-sized pieces that join to exactly the reply. */
export function splitIntoTokens(reply: string): string[] {
  return reply.match(/\s*\S+|\s+$/g) ?? [];
}

function geminiFrame(prompt: SandboxPrompt, subject: Subject): string[] {
  const question = lastQuestion(prompt);
  return [
    `*This comes from the local sandbox, standing in for Gemini (\`${prompt.model}\`). No provider was called.*`,
    `You asked: “${excerpt(question, 160)}” ${pick(["Good question.", "Let us look at it.", "Here is a way in."], subject.random)}`,
    memory(prompt, "So far in this conversation"),
    `### ${pick(["A place to start", "How I would begin", "First thoughts"], subject.random)}`,
    adviceList(subject, 3, false),
    ...requested(subject),
    "> Put a Gemini key into the settings, and the same question goes to the real model.",
  ];
}

function openaiFrame(prompt: SandboxPrompt, subject: Subject): string[] {
  const question = lastQuestion(prompt);
  return [
    `**Sandbox answer in place of OpenAI** (\`${prompt.model}\`), made on this machine from your words alone.`,
    memory(prompt, "I remember the thread"),
    `About “${excerpt(question, 160)}”, ${pick(["three steps would get you moving", "I would take it in this order", "this is the short version"], subject.random)}:`,
    adviceList(subject, 3, true),
    ...requested(subject),
    `---\n\n${pick(["Ask again to see a longer thread remembered.", "Try asking for code, a table or some maths.", "Change a word and the answer changes with it."], subject.random)}`,
  ];
}

function requested(subject: Subject): string[] {
  const wants = (pattern: RegExp) => pattern.test(subject.prompt);
  return [
    wants(WANTS_CODE) ? codeSection(subject) : "",
    wants(WANTS_TABLE) ? tableSection(subject) : "",
    wants(WANTS_MATHS) ? mathsSection(subject) : "",
    wants(WANTS_LONG) ? longSection(subject, 8) : "",
  ];
}

/** Proves that the earlier turns arrived: how many there were, and what they were about. */
function memory({ turns }: SandboxPrompt, opening: string): string {
  const earlier = turns.slice(0, -1).filter((turn) => turn.role === "user");
  if (earlier.length === 0) return "";
  const topics = topicsOf(earlier.map((turn) => turn.text).join(" "), 5);
  const times = earlier.length === 1 ? "one earlier question" : `${earlier.length} earlier questions`;
  return `${opening}: ${times}${topics.length > 0 ? `, about ${topics.map((topic) => `*${topic}*`).join(", ")}` : ""}.`;
}

function lastQuestion({ turns }: SandboxPrompt): string {
  return turns.findLast((turn) => turn.role === "user")?.text ?? "";
}
