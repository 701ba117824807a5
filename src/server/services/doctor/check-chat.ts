import type { ChatProvider } from "@/server/providers/chat-provider";
import { chatProviders } from "@/server/providers/configured";
import type { ImageProvider } from "@/server/providers/image-provider";
import { costOf } from "@/server/services/ai/provider-prices";
import type { Finding } from "@/shared/operations";
import type { SettingsVersion } from "@/shared/settings";
import { clockSkew } from "./clock-skew";
import { explainProvider, PROVIDERS } from "./explain-provider";
import { found } from "./findings";
import type { Check } from "./patient";

type Choice = SettingsVersion["values"]["chatProviders"][number];

/** Whether a chat provider's key works and its models exist. */
export const chatCheck = (name: ChatProvider["name"]): Check => ({
  subject: PROVIDERS[name].title,
  async look({ settings }, signal) {
    const { version, values } = await settings;
    const choice = values.chatProviders.find((it) => it.name === name);
    const provider = chatProviders().find((it) => it.name === name);
    if (!choice?.on || !provider) return [];
    return examineModels(provider, choice, version, signal);
  },
});

async function examineModels(
  provider: ChatProvider,
  { fast, smart }: Choice,
  version: number,
  signal: AbortSignal,
): Promise<Finding[]> {
  const { title } = PROVIDERS[provider.name];
  const findings: Finding[] = [];
  try {
    const tiers = fast === smart ? { FAST: fast } : { FAST: fast, SMART: smart };
    for (const [tier, model] of Object.entries(tiers)) {
      const from = new Date();
      const { known, at } = await provider.lookUpModel(model, signal);
      if (at) findings.push(...clockSkew(title, at, [from, new Date()]));
      const variable = `${provider.name.toUpperCase()}_MODEL_${tier}`;
      if (!known) findings.push(unknownModel(title, variable, model, version));
      else findings.push(...unpriced(provider, model, variable));
    }
  } catch (error) {
    findings.push(explainProvider(provider.name, error, signal));
  }
  return findings;
}

/** Whether anybody wrote down what a model costs. */
export function unpriced(
  { name, sandbox }: Pick<ChatProvider | ImageProvider, "name" | "sandbox">,
  model: string,
  subject: string,
): Finding[] {
  if (sandbox || costOf(name, model, {}, new Date()) !== undefined) return [];
  return [
    found("provider.unpriced", {
      subject,
      problem: `No price is known for "${model}": its calls are taken to cost nothing, and the overview's margin is too high.`,
      fix: `Write the price of ${name}/${model} into src/server/services/ai/provider-prices.ts, or choose a model that is in it.`,
    }),
  ];
}

/** A model nobody has. Settings that were saved are what counts; before that it is the variable. */
export function unknownModel(title: string, variable: string, model: string, version: number): Finding {
  return found("provider.model", {
    subject: variable,
    problem: `${title} has no model "${model}", or this key may not use it.`,
    fix:
      version > 0
        ? `Change "${model}" under Settings in the panel (/admin/settings) to a model ${title} has.`
        : `Set ${variable} to the name of a model ${title} has, and restart.`,
  });
}

/** Whether anybody answers at all. */
export const someChatCheck: Check = {
  subject: "chat",
  async look({ settings }) {
    const { values, version } = await settings;
    const configured = chatProviders().map(({ name }) => name);
    const on = values.chatProviders.filter((it) => it.on).map(({ name }) => name);
    if (on.some((name) => configured.includes(name))) return [];
    const variables = configured.length > 0 ? configured : (["gemini", "openai"] as const);
    const keys = variables.map((name) => PROVIDERS[name].variable).join(" or ");
    return [
      found("settings.no-chat", {
        subject: "chat",
        problem:
          configured.length === 0
            ? "No chat provider has a key, so nobody answers."
            : `Every chat provider that has a key (${configured.join(", ")}) is switched off, so nobody answers.`,
        fix:
          configured.length === 0 || version === 0
            ? `Set ${keys} and restart.`
            : "Switch one of them on under Settings in the panel (/admin/settings).",
      }),
    ];
  },
};
