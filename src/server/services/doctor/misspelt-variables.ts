import type { Finding } from "@/shared/operations";
import { found } from "./findings";
import type { Environment } from "./patient";

/** Beginnings that nobody else's variables have: whatever else begins so was meant for us. */
const OURS = /^(GEMINI|OPENAI|REPLICATE|CLOUDINARY|UPSTASH|PAYPAL|NEXTAUTH|MONGODB|BREAKER)_/;
/** Names that other software gives to what we call otherwise. */
const OTHER_NAMES: Record<string, string> = {
  MONGO_URI: "MONGODB_URI",
  MONGO_URL: "MONGODB_URI",
  MONGODB_URL: "MONGODB_URI",
  REDIS_URI: "REDIS_URL",
  AUTH_SECRET: "NEXTAUTH_SECRET",
  AUTH_URL: "NEXTAUTH_URL",
  GOOGLE_GENERATIVE_AI_API_KEY: "GEMINI_API_KEY",
  REPLICATE_API_KEY: "REPLICATE_API_TOKEN",
  REPLICATE_TOKEN: "REPLICATE_API_TOKEN",
  PAYPAL_SECRET: "PAYPAL_CLIENT_SECRET",
  PAYPAL_MODE: "PAYPAL_ENVIRONMENT",
  UPSTASH_REDIS_URL: "UPSTASH_REDIS_REST_URL",
  UPSTASH_REDIS_TOKEN: "UPSTASH_REDIS_REST_TOKEN",
};
/** Read by next-auth itself. */
const OTHERS = new Set(["NEXTAUTH_URL_INTERNAL"]);
/** So few letters apart, names of at least so many letters are the same name. */
const SLIPS = 2;
const LONG_ENOUGH = 8;

/** Variables that nothing reads although they look as if they were meant for us. */
export function misspelt(set: Environment, known: readonly string[]): Finding[] {
  const unknown = Object.keys(set).filter((name) => !known.includes(name) && !OTHERS.has(name));
  return unknown.flatMap((name) => {
    const meant = OTHER_NAMES[name] ?? nearest(name, known);
    if (!meant && !OURS.test(name)) return [];
    // What is said under its right name too was not forgotten.
    if (meant && set[meant]) return [];
    return [
      found("env.unknown", {
        subject: name,
        problem: "Nothing reads this variable, so what it says has no effect.",
        fix: meant
          ? `Rename ${name} to ${meant}.`
          : `Remove ${name}, or look in .env.example for the name of what it was meant to set.`,
      }),
    ];
  });
}

function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length < LONG_ENOUGH) return undefined;
  return known.find((it) => it.length >= LONG_ENOUGH && distance(name, it) <= SLIPS);
}

/** How many letters have to be added, left out, changed or swapped to get from one word to the other. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const steps = [at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + same];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) steps.push(at(before, j - 2) + 1);
      row.push(Math.min(...steps));
    }
    before = last;
    last = row;
  }
  return at(last, other.length);
}

const at = (row: number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
