import { isPublicAddress } from "@/server/lib/own-machine";
import { isSandboxReady, sandboxMode } from "@/server/providers/configured";
import type { Finding } from "@/shared/operations";
import { found } from "./findings";
import type { Check } from "./patient";

const KEYS = {
  chat: "GEMINI_API_KEY or OPENAI_API_KEY",
  images: "REPLICATE_API_TOKEN",
  storage: "CLOUDINARY_URL",
} as const;
type Part = keyof typeof KEYS;
const PARTS: readonly Part[] = ["chat", "images", "storage"];

/** The stand-in for providers without a key: whether it is there, and whether it should be. */
export const sandboxCheck: Check = {
  subject: "the sandbox",
  async look({ environment }) {
    const mode = sandboxMode();
    const played = PARTS.filter((part) => mode[part]);
    const findings: Finding[] = [];
    if (!(await isSandboxReady())) {
      findings.push(
        found("sandbox.away", {
          subject: "SANDBOX_URL",
          problem: "The sandbox, which plays the providers without a key, does not answer.",
          fix: `Start the app with npm run up, which starts it, or set ${played.map((part) => KEYS[part]).join(", ") || "the missing keys"}.`,
        }),
      );
    }
    if (played.length === 0) return findings;
    const fix = `Set ${played.map((part) => KEYS[part]).join(", ")} and restart.`;
    const subject = "SANDBOX_URL";
    const { NEXTAUTH_URL } = environment;
    if (played.length < PARTS.length) {
      const problem = `Some providers are real, and ${played.join(" and ")} are made up on this machine.`;
      return [...findings, found("sandbox.mixed", { subject, problem, fix })];
    }
    if (!NEXTAUTH_URL || !isPublicAddress(NEXTAUTH_URL)) return findings;
    const problem = "The instance has a public address, and everything people get there is made up.";
    return [...findings, found("sandbox.public", { subject, problem, fix })];
  },
};
