import { z } from "zod";
import { variables } from "@/env-variables";
import { isOwnMachine } from "@/server/lib/own-machine";
import type { Finding } from "@/shared/operations";
import { found } from "./findings";
import { misspelt } from "./misspelt-variables";
import type { Environment } from "./patient";
import { contradictions } from "./variable-contradictions";

const port = z.coerce.number().int().min(1).max(65_535);
/** Read by `npm run up` and the processes it starts, before the app is there. */
const LAUNCHER = {
  PORT: port,
  HOST: z.string(),
  DATA_DIR: z.string(),
  SANDBOX_PORT: port,
  SANDBOX_DIR: z.string(),
  SANDBOX_CURRENCY: z.string(),
  SANDBOX_WEBHOOK_URL: z.string(),
  SANDBOX_PARENT_PID: z.string(),
  EMBEDDED_PORT: z.coerce.number().int().min(0).max(65_535),
  EMBEDDED_DIR: z.string(),
  EMBEDDED_PARENT_PID: z.string(),
};
const KNOWN: Record<string, z.ZodType> = { ...variables, ...LAUNCHER };

/** How many variables are looked at. */
export const VARIABLES = Object.keys(KNOWN).length;

/** Limits this many times as wide as they ship are no limits any more. */
const LOOSE_SCALE = 20;
/** Levels at which the log says nothing of what goes well, and so tells no request's story. */
const QUIET = ["silent", "fatal", "error", "warn"];

/** What is wrong with the variables alone. Needs neither the app's own reader of them nor any service. */
export function examineVariables(environment: Environment): Finding[] {
  const set: Environment = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const invalid = Object.entries(KNOWN).flatMap(([name, schema]) => judgeValue(name, schema, set[name]));
  return [
    ...invalid,
    ...misspelt(set, Object.keys(KNOWN)),
    ...contradictions(set),
    ...secret(set.NEXTAUTH_SECRET),
    ...address(set),
    ...loose(set),
  ];
}

function judgeValue(name: string, schema: z.ZodType, value: string | undefined): Finding[] {
  const issue = value === undefined ? undefined : schema.safeParse(value).error?.issues[0];
  if (!issue) return [];
  return [
    found("env.invalid", {
      subject: name,
      problem: `Its value cannot be used, and the app does not start with it: ${issue.message}.`,
      fix: `Correct ${name}; .env.example says what it may be.`,
    }),
  ];
}

/** Words nobody draws by chance. */
const GUESSABLE = /change.?me|replace|secret|password|example|inkwell|123456|abcdef|qwerty/i;
/** What 32 characters drawn from sixteen have at least. */
const MIN_DIFFERENT = 10;

function secret(value: string | undefined): Finding[] {
  if (!value || value.length < 32) return [];
  if (new Set(value).size >= MIN_DIFFERENT && !GUESSABLE.test(value)) return [];
  return [
    found("env.weak-secret", {
      subject: "NEXTAUTH_SECRET",
      problem: "It can be guessed, and whoever guesses it can sign in as anybody.",
      fix: "Set NEXTAUTH_SECRET to the output of `openssl rand -base64 32`; everybody signs in again once.",
    }),
  ];
}

function address({ NEXTAUTH_URL, PORT = "3000" }: Environment): Finding[] {
  if (!NEXTAUTH_URL || !URL.canParse(NEXTAUTH_URL)) return [];
  const url = new URL(NEXTAUTH_URL);
  const given = url.port || (url.protocol === "https:" ? "443" : "80");
  if (isOwnMachine(NEXTAUTH_URL)) {
    // Behind TLS on the machine itself there is a proxy, on whatever port.
    if (url.protocol === "https:" || given === PORT) return [];
    return [
      found("address.port", {
        subject: "NEXTAUTH_URL",
        problem: `It names port ${given}, and the app listens on ${PORT}: signing in leads nowhere.`,
        fix: `Set NEXTAUTH_URL to http://${url.hostname}:${PORT}, or PORT to ${given}.`,
      }),
    ];
  }
  if (url.protocol === "https:") return [];
  return [
    found("address.insecure", {
      subject: "NEXTAUTH_URL",
      problem: "People open the app without TLS, so that passwords and sessions can be read on the way.",
      fix: `Put a proxy with a certificate in front of the app and set NEXTAUTH_URL to https://${url.hostname}.`,
    }),
  ];
}

function loose({ LOG_LEVEL = "info", LIMIT_SCALE = "1" }: Environment): Finding[] {
  const findings: Finding[] = [];
  if (QUIET.includes(LOG_LEVEL)) {
    findings.push(
      found("env.quiet-log", {
        subject: "LOG_LEVEL",
        problem: `At "${LOG_LEVEL}" requests leave no story: a request id that somebody reports finds nothing.`,
        fix: "Remove LOG_LEVEL or set it to info.",
      }),
    );
  }
  if (Number(LIMIT_SCALE) > LOOSE_SCALE) {
    findings.push(
      found("env.loose-limits", {
        subject: "LIMIT_SCALE",
        problem: `Every rate limit is ${LIMIT_SCALE} times as wide as it ships: nobody is held up, not even a robot.`,
        fix: "Remove LIMIT_SCALE, and set single limits under Settings in the panel (/admin/settings).",
      }),
    );
  }
  return findings;
}
