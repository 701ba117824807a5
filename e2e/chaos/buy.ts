import type { Act } from "./act";
import { refusalOf } from "./client-failure";
import type { Approval } from "./sandbox-desk";

const PATIENCE_MS = 15_000;
const PACK = "20";

/** Buys a pack: orders at one app, agrees at PayPal, and comes back to the other app, unless the page is closed. */
export const buy: Act = async ({ stage, site, visitor, name, random }) => {
  const approval = random.weighted<Approval>([
    { weight: 85, what: "completed" },
    { weight: 10, what: "pending" },
    { weight: 5, what: "declined" },
  ]);
  const comesBack = !random.inPercent(15);
  const repeats = random.inPercent(20);
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const input = { packId: PACK, idempotencyKey: name };
    const { orderId } = await visitor.apiAt(site.instance.address).payments.createOrder.mutate(input, { signal });
    await stage.sandbox.approve(orderId, approval);
    if (!comesBack) return `${approval}, page closed`;
    const back = stage.other(site);
    const capture = (at: typeof site) =>
      visitor.apiAt(at.instance.address).payments.captureOrder.mutate({ orderId }, { signal });
    const [{ state }] = await Promise.all([capture(back), repeats ? capture(site) : undefined]);
    return `${approval}: ${state}`;
  } catch (error) {
    return `${approval}: ${refusalOf(error)?.code ?? "lost"}`;
  }
};
