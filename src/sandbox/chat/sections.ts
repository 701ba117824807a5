import { pick } from "../hash";

/** What a reply's section may draw on. */
export interface Subject {
  prompt: string;
  topics: string[];
  random: () => number;
}

const LANGUAGES: [pattern: RegExp, language: string][] = [
  [/\bpython\b/i, "python"],
  [/\bsql\b/i, "sql"],
  [/\b(bash|shell)\b/i, "bash"],
  [/\brust\b/i, "rust"],
  [/\bcss\b/i, "css"],
  [/\bjson\b/i, "json"],
];

const SAMPLES: Record<string, (name: string, topic: string) => string> = {
  typescript: (name, topic) => `interface ${capital(name)} {
  title: string;
  weight: number;
}

/** The heaviest first; ties keep their order. */
export function rank${capital(name)}(items: ${capital(name)}[]): ${capital(name)}[] {
  return items.toSorted((a, b) => b.weight - a.weight);
}

console.log(rank${capital(name)}([{ title: "${topic}", weight: 3 }]));`,
  python: (name, topic) => `from dataclasses import dataclass


@dataclass
class ${capital(name)}:
    title: str
    weight: int


def rank(items: list[${capital(name)}]) -> list[${capital(name)}]:
    """The heaviest first; ties keep their order."""
    return sorted(items, key=lambda item: -item.weight)


print(rank([${capital(name)}("${topic}", 3)]))`,
  sql: (name, topic) => `-- The ten heaviest entries about ${topic}
SELECT title, weight
FROM ${name}
WHERE title ILIKE '%${topic}%'
ORDER BY weight DESC
LIMIT 10;`,
  bash: (name, topic) => `#!/usr/bin/env bash
set -euo pipefail

# Count the files that mention ${topic}
${name}=$(grep -ril "${topic}" . | wc -l)
echo "$${name} files"`,
  rust: (name, topic) => `#[derive(Debug)]
struct ${capital(name)} {
    title: String,
    weight: u32,
}

fn main() {
    let mut items = vec![${capital(name)} { title: "${topic}".into(), weight: 3 }];
    items.sort_by(|a, b| b.weight.cmp(&a.weight));
    println!("{items:?}");
}`,
  css: (name, topic) => `/* ${topic}: one accent, hairlines instead of boxes */
.${name} {
  max-inline-size: 68ch;
  border-block-end: 1px solid color-mix(in oklab, currentcolor 20%, transparent);
}`,
  json: (name, topic) => `{
  "${name}": { "title": "${topic}", "weight": 3, "tags": ["sandbox", "sample"] }
}`,
};

export function codeSection({ prompt, topics }: Subject): string {
  const language = LANGUAGES.find(([pattern]) => pattern.test(prompt))?.[1] ?? "typescript";
  const topic = (topics.find((word) => word !== language) ?? "sample").replace(/[^a-z0-9]/gi, "") || "sample";
  const sample = SAMPLES[language]?.(topic, topic) ?? "";
  return `Here is a small piece of ${language} to look at:\n\n\`\`\`${language}\n${sample}\n\`\`\``;
}

export function tableSection({ topics, random }: Subject): string {
  const rows = [...topics, "first idea", "second idea", "third idea"].slice(0, 4);
  const lines = rows.map((row) => {
    const effort = pick(["low", "medium", "high"], random);
    return `| ${row} | ${effort} | ${Math.ceil(random() * 9)} of 10 | ${pick(["yes", "later", "perhaps"], random)} |`;
  });
  return `| Option | Effort | Worth | Do it now? |\n| :-- | :-- | --: | :-- |\n${lines.join("\n")}`;
}

export function mathsSection({ topics, random }: Subject): string {
  const n = 3 + Math.floor(random() * 6);
  return `Written as mathematics${topics[0] ? `, with ${topics[0]} as $x$` : ""}: the sum of the first $n$ whole numbers is $\\frac{n(n+1)}{2}$, so for $n = ${n}$ it is $${(n * (n + 1)) / 2}$. The bell curve needs a line of its own:

$$
f(x) = \\frac{1}{\\sigma\\sqrt{2\\pi}}\\, e^{-\\frac{1}{2}\\left(\\frac{x - \\mu}{\\sigma}\\right)^2}
$$`;
}

const ADVICE = [
  "say in one sentence what a good result looks like",
  "begin with the part you understand least",
  "write the smallest version that could be wrong",
  "ask who will read it, and when",
  "measure before and after, with the same ruler",
  "keep what works and name what does not",
  "leave a note for the person who comes next",
] as const;

/** `count` pieces of advice, each tied to a topic. */
export function adviceList({ topics, random }: Subject, count: number, ordered: boolean): string {
  const start = Math.floor(random() * ADVICE.length);
  return Array.from({ length: count }, (_, i) => {
    const topic = topics.length > 0 ? (topics[i % topics.length] ?? "this") : "this";
    return `${ordered ? `${i + 1}.` : "-"} **${capital(topic)}:** ${ADVICE[(start + i) % ADVICE.length]}.`;
  }).join("\n");
}

const SENTENCES = [
  "Every long answer is a walk: it helps to know where the path bends before the trees close in.",
  "The sandbox has no opinions of its own, so it borrows the shape of yours and hands it back in good order.",
  "A paragraph of this length is here to let you watch text arrive, scroll away, come back, and find your place again.",
  "If you stop it now, what has been written so far stays on the page, and is labelled as stopped.",
  "Close the tab and open it again: the words go on from where they were, because the server kept writing.",
  "Ink dries at its own speed, and so does a stream of tokens; neither is improved by staring.",
  "With a real key in place, these lines give way to a real model, and nothing else on the page has to change.",
] as const;

/** `count` paragraphs of readable filler, for trying long streams. */
export function longSection({ topics, random }: Subject, count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const start = Math.floor(random() * SENTENCES.length);
    const sentences = [0, 1, 2, 3].map((step) => SENTENCES[(start + step) % SENTENCES.length]);
    const topic = topics[i % Math.max(1, topics.length)];
    return `#### ${i + 1}. ${topic ? `On ${topic}` : "On patience"}\n\n${sentences.join(" ")}`;
  }).join("\n\n");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
