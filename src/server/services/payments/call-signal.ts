import { policy } from "@/server/lib/policy";
import { ProviderError } from "@/server/providers/provider-error";

/** The deadline of one call to PayPal, in milliseconds. It aborts with PROVIDER_TIMEOUT. */
export function callSignal(ms: number = policy.payments.callMs): AbortSignal {
  const deadline = new AbortController();
  const late = () => deadline.abort(new ProviderError({ provider: "paypal", kind: "timeout" }));
  setTimeout(late, ms).unref();
  return deadline.signal;
}
