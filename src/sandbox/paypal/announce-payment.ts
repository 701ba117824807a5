import type { Paypal } from "./call";
import { captureToWire } from "./captures";
import { formatMinor } from "./money";
import { saleToWire } from "./sales";
import type { Payment } from "./state";

/** Tells the app what became of a payment. */
export function announcePayment(paypal: Paypal, payment: Payment): void {
  const { amount, source } = payment;
  const turn = payment.status === "DECLINED" ? "DENIED" : payment.status;
  const sum = `${formatMinor(amount.minor, amount.currency)} ${amount.currency}`;
  const summary = `Payment ${turn.toLowerCase()} for ${sum}`;
  paypal.webhooks.emit(
    source.kind === "order"
      ? {
          event_type: `PAYMENT.CAPTURE.${turn}`,
          resource_type: "capture",
          summary,
          resource: captureToWire(paypal, payment),
        }
      : {
          event_type: `PAYMENT.SALE.${turn}`,
          resource_type: "sale",
          summary,
          resource: saleToWire(paypal, payment),
        },
  );
}
