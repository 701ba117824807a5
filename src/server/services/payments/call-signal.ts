import { policy } from "@/server/lib/policy";
import { ProviderError } from "@/server/providers/provider-error";

/** The deadline of one call to PayPal. It aborts with PROVIDER_TIMEOUT. */
export function callSignal(): AbortSignal {
  const deadline = new AbortController();
  const late = () => deadline.abort(new ProviderError({ provider: "paypal", kind: "timeout" }));
  setTimeout(late, policy.payments.callMs).unref();
  return deadline.signal;
}
