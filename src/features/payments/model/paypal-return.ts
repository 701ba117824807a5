import { captureOrderInput, subscriptionIdInput } from "@/shared/payments";

/** How somebody came back from PayPal's own site. */
export type PayPalReturn =
  | { kind: "order"; orderId: string }
  | { kind: "subscription"; subscriptionId: string }
  | { kind: "cancelled" };

export type Query = Record<string, string | string[] | undefined>;

/**
 * Reads the address PayPal sent the buyer back to; undefined when it is not one. PayPal puts a `token` into all of
 * them, so what is more particular is looked for first.
 */
export function readPayPalReturn(query: Query): PayPalReturn | undefined {
  if (query.cancelled !== undefined) return { kind: "cancelled" };
  const agreed = subscriptionIdInput.safeParse({ subscriptionId: query.subscription_id });
  if (agreed.success) return { kind: "subscription", ...agreed.data };
  const paid = captureOrderInput.safeParse({ orderId: query.token });
  return paid.success ? { kind: "order", ...paid.data } : undefined;
}

/** The page's own address with its query, to come back to after signing in. */
export function addressWith(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params.size > 0 ? `${path}?${params}` : path;
}
