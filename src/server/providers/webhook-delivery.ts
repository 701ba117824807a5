/** What arrived at a webhook's address: header names in lower case, the body's bytes untouched. */
export interface WebhookDelivery {
  headers: Headers;
  body: Buffer;
}

/** Why a delivery was not believed. Each is said to the sender with a 4xx and changes nothing. */
export type WebhookRefusal = "unsigned" | "malformed" | "certificate" | "signature" | "too-old";
