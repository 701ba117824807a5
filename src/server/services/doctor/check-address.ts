import { z } from "zod";
import { found } from "./findings";
import type { Check } from "./patient";

const live = z.object({ live: z.literal(true) });

/** Whether the address people open leads to this app. Asked only while it runs. */
export const addressCheck: Check = {
  subject: "NEXTAUTH_URL",
  async look({ environment: { NEXTAUTH_URL }, running }, signal) {
    if (!running || !NEXTAUTH_URL) return [];
    const address = NEXTAUTH_URL.replace(/\/$/, "");
    const reply = await open(`${address}/api/health/live`, signal);
    const subject = "NEXTAUTH_URL";
    if (!reply) {
      return [
        found("address.unreachable", {
          subject,
          problem: "This machine cannot open the address that people open. From outside it may work all the same.",
          fix: "Open NEXTAUTH_URL in a browser; if nothing comes, mend the name, the proxy in front of the app, or NEXTAUTH_URL.",
        }),
      ];
    }
    const origin = new URL(reply.url).origin;
    if (reply.isOurs && origin === new URL(address).origin) return [];
    return [
      found("address.elsewhere", {
        subject,
        problem: reply.isOurs
          ? `It leads on to ${origin}: sign-in and PayPal's answers go astray.`
          : "What answers there is not Inkwell: sign-in, webhooks and PayPal's answers go astray.",
        fix: reply.isOurs
          ? `Set NEXTAUTH_URL to ${origin}.`
          : "Set NEXTAUTH_URL to the address under which people open the app, or lead the proxy there to the app.",
      }),
    ];
  },
};

/** What answers, in the end; undefined when nothing does. */
async function open(url: string, signal: AbortSignal): Promise<{ url: string; isOurs: boolean } | undefined> {
  try {
    const response = await fetch(url, { signal, cache: "no-store" });
    const reply = live.safeParse(await response.json().catch(() => undefined));
    return { url: response.url, isOurs: response.ok && reply.success };
  } catch {
    return undefined;
  }
}
