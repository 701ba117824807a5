import fc from "fast-check";
import { newId, newRequestId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { captureOrder } from "@/server/services/payments/capture-order";
import { createOrder } from "@/server/services/payments/create-order";
import { receiveWebhook } from "@/server/services/payments/receive-webhook";
import { ControlRefusal } from "../../src/sandbox/paypal/control";
import { sandbox } from "../studio";
import { beginning, choice, command, somebody, TO_THE_END } from "./command";
import { type Order, type Story, the } from "./story";

const someOrder = ({ orders }: Pick<Story, "orders">) => orders.length > 0;

interface Message {
  headers: Record<string, string>;
  body: string;
}

const PACK = { packId: "10", credits: 10, amount: 100 };

/** Somebody orders a pack, agrees to pay for it at PayPal, and comes back, or not: then no money was taken yet. */
export const order = fc
  .record({
    who: somebody,
    payment: fc.oneof(
      { weight: 6, arbitrary: fc.constant("completed" as const) },
      { weight: 2, arbitrary: fc.constant("pending" as const) },
      { weight: 1, arbitrary: fc.constant("declined" as const) },
    ),
    buyer: fc.constantFrom("comes back", "stays away"),
  })
  .map((fields) =>
    command(
      "order",
      fields,
      async (story, scene) => {
        const actor = story.person(fields.who);
        const { packId, ...pack } = PACK;
        const { orderId } = await createOrder(actor, { packId, idempotencyKey: newId() });
        await sandbox().paypal.approve({ orderId, outcome: fields.payment });
        story.orders.push({ actor, orderId, ...pack, payment: fields.payment, refunded: 0 });
        if (fields.buyer !== "comes back") return;
        await scene.start("captures", () => captureOrder(actor, { orderId }), { steps: TO_THE_END, fate: "waits" });
      },
      ({ orders }) => orders.length < 2,
    ),
  );

/** The buyer comes back from PayPal. */
export const comeBack = fc.record({ order: choice, ...beginning }).map((fields) =>
  command(
    "comeBack",
    fields,
    async ({ orders }, scene) => {
      const { actor, orderId } = the(orders, fields.order);
      await scene.start("captures", () => captureOrder(actor, { orderId }), fields);
    },
    someOrder,
  ),
);

/** PayPal tells us something: in any order, late, twice, or the same under another event's id. */
export const report = fc.record({ event: fc.nat({ max: 30 }), anew: fc.boolean(), ...beginning }).map((fields) =>
  command(
    "report",
    fields,
    async (_, scene) => {
      const { paypal } = sandbox();
      const message: Message = the(await paypal.events(), fields.event);
      const sent = fields.anew
        ? await paypal.sign({ event: { ...JSON.parse(message.body), id: `WH-${newId()}` } })
        : message;
      await scene.start("hears", () => hear(sent), fields);
    },
    someOrder,
  ),
);

function hear({ headers, body }: Message): Promise<void> {
  return receiveWebhook({ headers: new Headers(headers), body: Buffer.from(body) }, newRequestId(), logger);
}

/** What only a message can tell us: the sweep asks after payments, and would never learn of these. */
export async function hearTheRest(order: Iterator<number>): Promise<void> {
  const all = await sandbox().paypal.events();
  const rest = all.filter(({ event_type: type }) => /REFUNDED|REVERSED|DISPUTE/.test(type));
  while (rest.length > 0) {
    const [message] = rest.splice(order.next().value % rest.length, 1);
    if (message) await hear(message);
  }
}

/** Money goes back: all that is left of it, or a part. */
export const refund = fc.record({ order: choice, cents: fc.constantFrom(undefined, 100, 50, 33) }).map((fields) =>
  atPaypal("refund", fields, async (order, captureId) => {
    const cents = fields.cents ?? order.amount - order.refunded;
    await sandbox().paypal.refund({ captureId, value: (cents / 100).toFixed(2) });
    order.refunded += cents;
  }),
);

export const dispute = fc.record({ order: choice }).map((fields) =>
  atPaypal("dispute", fields, async (order, captureId) => {
    if (order.dispute || order.refunded > 0) return;
    const { disputeId: id } = await sandbox().paypal.dispute({ captureId });
    order.dispute = { id, state: "open" };
  }),
);

/** PayPal decides a dispute; lost, the money goes back. */
export const resolve = fc
  .record({ order: choice, winner: fc.constantFrom("seller" as const, "buyer" as const) })
  .map((fields) =>
    atPaypal("resolve", fields, async (order) => {
      if (order.dispute?.state !== "open") return;
      await sandbox().paypal.resolve({ disputeId: order.dispute.id, outcome: fields.winner });
      order.dispute.state = fields.winner === "seller" ? "won" : "lost";
      if (order.dispute.state === "lost") order.refunded = order.amount;
    }),
  );

/** A payment under review goes through or is turned down. */
export const review = fc
  .record({ order: choice, result: fc.constantFrom("completed" as const, "declined" as const) })
  .map((fields) =>
    atPaypal("review", fields, async (order, captureId) => {
      if (order.payment !== "pending") return;
      const { paypal } = sandbox();
      await (fields.result === "completed" ? paypal.complete({ captureId }) : paypal.deny({ captureId }));
      order.payment = fields.result;
    }),
  );

/** Something happens to a payment without us; what PayPal would refuse does not happen. */
function atPaypal(name: string, fields: { order: number }, act: (order: Order, captureId: string) => Promise<void>) {
  return command(
    name,
    fields,
    async ({ orders }) => {
      const order = the(orders, fields.order);
      const captureId = await captureOf(order);
      if (!captureId) return;
      await act(order, captureId).catch((error: unknown) => {
        if (!(error instanceof ControlRefusal)) throw error;
      });
    },
    someOrder,
  );
}

/** PayPal's id of the money taken for an order; undefined when none was. */
async function captureOf({ orderId }: Order): Promise<string | undefined> {
  const events = await sandbox().paypal.events();
  const taken = events.find(
    ({ event_type, body }) => event_type.startsWith("PAYMENT.CAPTURE.") && body.includes(orderId),
  );
  if (!taken) return undefined;
  const { resource }: { resource: { id: string } } = JSON.parse(taken.body);
  return resource.id;
}
