import { ProviderError, type ProviderFailure } from "@/server/providers/provider-error";
import type { Finding } from "@/shared/operations";
import { found } from "./findings";

/** A provider as an operator knows it. */
interface ProviderFacts {
  title: string;
  /** The variable its key stands in. */
  variable: string;
  /** Where a key is to be had. */
  keys: string;
  /** What has to be reachable from here. */
  host: string;
}

export const PROVIDERS = {
  gemini: {
    title: "Gemini",
    variable: "GEMINI_API_KEY",
    keys: "https://aistudio.google.com/apikey",
    host: "generativelanguage.googleapis.com",
  },
  openai: {
    title: "OpenAI",
    variable: "OPENAI_API_KEY",
    keys: "https://platform.openai.com/api-keys",
    host: "api.openai.com",
  },
  replicate: {
    title: "Replicate",
    variable: "REPLICATE_API_TOKEN",
    keys: "https://replicate.com/account/api-tokens",
    host: "api.replicate.com",
  },
  cloudinary: {
    title: "Cloudinary",
    variable: "CLOUDINARY_URL",
    keys: "https://console.cloudinary.com/settings/api-keys",
    host: "api.cloudinary.com",
  },
  paypal: {
    title: "PayPal",
    variable: "PAYPAL_CLIENT_SECRET",
    keys: "https://developer.paypal.com/dashboard/applications",
    host: "api-m.paypal.com",
  },
} as const satisfies Record<string, ProviderFacts>;

export type ProviderId = keyof typeof PROVIDERS;

/** What a failed call to a provider says about the set-up. Rethrows what is neither its failure nor our deadline. */
export function explainProvider(name: ProviderId, error: unknown, signal: AbortSignal): Finding {
  if (!(error instanceof ProviderError) && !signal.aborted) throw error;
  const { title, variable, keys, host } = PROVIDERS[name];
  const { kind, status = 0 } = error instanceof ProviderError ? error.failure : LATE;
  if (kind === "connect" || kind === "reset" || kind === "timeout") {
    return found("provider.away", {
      subject: title,
      problem: `${title} ${AWAY[kind]}.`,
      fix: `Let this machine reach ${host} by HTTPS (name resolution, firewall, proxy); if it can, look at ${title}'s status page.`,
    });
  }
  if (status === 401 || status === 403) {
    const whose = name === "paypal" ? "PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET" : variable;
    return found("provider.key", {
      subject: variable,
      problem: `${title} refuses the key (${status}).`,
      fix: `Set ${whose} to a working key from ${keys}, and restart.`,
    });
  }
  if (status === 402 || status === 429) {
    return found("provider.limited", {
      subject: title,
      problem: `${title} takes the key, and answers no more for now (${status}): its limit or its credit is used up.`,
      fix: `Look at the limits and the balance of the account ${variable} belongs to.`,
    });
  }
  if (kind === "status") {
    return found("provider.failing", {
      subject: title,
      problem: `${title} answers with an error (${status}).`,
      fix: `Look at ${title}'s status page and examine again; nothing here has to be changed while it has trouble.`,
    });
  }
  return found("provider.garbled", {
    subject: title,
    problem: `What answers in ${title}'s place does not speak as ${title} does.`,
    fix: `Let this machine reach ${host} directly: a proxy or a sign-in page of the network answers for it.`,
  });
}

/** What an end of our patience means. */
const LATE: Pick<ProviderFailure, "kind" | "status"> = { kind: "timeout" };

const AWAY = {
  connect: "cannot be reached",
  reset: "breaks the connection",
  timeout: "did not answer in time",
} as const;
