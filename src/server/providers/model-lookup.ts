import type { ProviderError } from "./provider-error";

/** What a provider says of a model when it is asked about it, without being asked to make anything. */
export interface ModelLookup {
  known: boolean;
  /** What time it was there, by the reply's `Date`. */
  at?: Date;
}

/** The lookup behind a refusal that only means that there is no such model; any other refusal is thrown. */
export function unknownModel(error: ProviderError): ModelLookup {
  if (error.failure.kind === "status" && error.failure.status === 404) return { known: false };
  throw error;
}

/** `Date`, when it can be read. */
export function dateOf(headers: Headers): { at?: Date } {
  const at = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(at) ? {} : { at: new Date(at) };
}
