import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/** A signed message from PayPal, kept before it is acted on, so that a crash in between forgets nothing. */
export interface WebhookEventDoc {
  /** PayPal's id of the event. */
  _id: string;
  type: string;
  /** The body as it was signed. */
  raw: string;
  state: "RECEIVED" | "DONE" | "IGNORED" | "FAILED";
  attempts: number;
  /** When it is to be tried again. */
  checkAt?: Date;
  requestId: string;
  receivedAt: Date;
}

/** PayPal shows its events for 30 days; whoever looks into a complaint has three months here. */
const KEPT_SECONDS = 90 * 24 * 3_600;

const schema = new Schema<WebhookEventDoc>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    raw: { type: String, required: true },
    state: { type: String, enum: ["RECEIVED", "DONE", "IGNORED", "FAILED"], required: true },
    attempts: { type: Number, required: true },
    checkAt: Date,
    requestId: { type: String, required: true },
    receivedAt: { type: Date, required: true },
  },
  { ...schemaOptions, collection: "webhookEvents" },
);
schema.index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
schema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $exists: true } } });

export const WebhookEvent = defineModel("WebhookEvent", schema);
