import type { Finding } from "@/shared/operations";
import { FEATURES } from "@/shared/settings";
import { found } from "./findings";
import type { Check } from "./patient";

const PRICES = { chatFast: "PRICE_CHAT_FAST", chatSmart: "PRICE_CHAT_SMART", image: "PRICE_IMAGE" } as const;

/** What the operator may have switched off or given away without meaning to. */
export const settingsCheck: Check = {
  subject: "settings",
  async look({ settings }) {
    const { values, version } = await settings;
    const findings: Finding[] = [];
    const free = (Object.keys(PRICES) as (keyof typeof PRICES)[]).filter((name) => values.prices[name] === 0);
    for (const name of free) {
      findings.push(
        found("settings.free", {
          subject: PRICES[name],
          problem: "Its price is 0: people use it without end, and you pay for it.",
          fix:
            version > 0
              ? "Set a price under Settings in the panel (/admin/settings)."
              : `Set ${PRICES[name]} to 1 or more.`,
        }),
      );
    }
    if (values.maintenance.on) {
      findings.push(
        found("settings.maintenance", {
          subject: "maintenance",
          problem: `Everybody reads on every page: "${values.maintenance.message}"`,
          fix: "When it is over, switch the maintenance banner off under Settings in the panel (/admin/settings).",
        }),
      );
    }
    const off = FEATURES.filter((name) => !values.features[name].on).map((name) => `the feature ${name}`);
    if (!values.registrationOpen) off.push("registration");
    for (const subject of off) {
      const problem = `${subject[0]?.toUpperCase()}${subject.slice(1)} is switched off for everybody.`;
      const fix =
        "Nothing has to be done if that is meant; it is switched under Settings in the panel (/admin/settings).";
      findings.push(found("settings.off", { subject, problem, fix }));
    }
    return findings;
  },
};
