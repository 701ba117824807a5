import { Schema } from "mongoose";
import type { ProviderCallView } from "../src/shared/operations";
import { defineModel, schemaOptions } from "./define-model";

/** One call to a provider: how it went and what it is thought to cost. */
export interface ProviderCallDoc extends Omit<ProviderCallView, "id"> {
  _id: string;
  requestId: string;
}

/** What they add up to is kept for good, in rollups. */
const KEPT_SECONDS = 90 * 24 * 3_600;
export const PROVIDER_CALLS_KEPT_MS = KEPT_SECONDS * 1_000;

const schema = new Schema<ProviderCallDoc>(
  {
    _id: { type: String, required: true },
    requestId: { type: String, required: true },
    at: { type: Date, required: true },
    provider: { type: String, required: true },
    model: { type: String, required: true },
    kind: { type: String, enum: ["chat", "image", "test"], required: true },
    outcome: { type: String, enum: ["answered", "failed", "aborted", "resting"], required: true },
    failure: String,
    ms: { type: Number, required: true },
    firstTokenMs: Number,
    inputTokens: Number,
    outputTokens: Number,
    images: Number,
    costMicros: { type: Number, required: true },
    sandbox: { type: Boolean, required: true },
  },
  { ...schemaOptions, collection: "providerCalls" },
);
schema.index({ requestId: 1, at: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const ProviderCall = defineModel("ProviderCall", schema);
