import { Schema } from "mongoose";
import type { RequestLine } from "../src/shared/operations";
import { defineModel, schemaOptions } from "./define-model";

/** A log line of a request, kept so that its story can be read. Never what people wrote. */
export interface RequestEventDoc extends RequestLine {
  _id: string;
  requestId: string;
  userId?: string;
}

const KEPT_SECONDS = 30 * 24 * 3_600;

const schema = new Schema<RequestEventDoc>(
  {
    _id: { type: String, required: true },
    requestId: { type: String, required: true },
    userId: String,
    at: { type: Date, required: true },
    level: { type: String, enum: ["info", "warn", "error"], required: true },
    event: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
  },
  { ...schemaOptions, collection: "requestEvents" },
);
schema.index({ requestId: 1, at: 1, _id: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const RequestEvent = defineModel("RequestEvent", schema);
