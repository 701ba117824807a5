import { Schema } from "mongoose";
import type { LedgerEntry as LedgerEntryView } from "../src/shared/credits";
import { defineModel, schemaOptions } from "./define-model";

/** One movement of credits, insert-only. `_id` is `${operation or external key}:${type}`, so no movement stands twice. */
export interface LedgerEntryDoc {
  _id: string;
  userId: string;
  type: LedgerEntryView["type"];
  deltaAvailable: number;
  deltaHeld: number;
  deltaOwed: number;
  /** Why, in plain words. */
  reason: string;
  /** The operation, capture or grant it belongs to. */
  ref: string;
  requestId: string;
  at: Date;
}

export const ledgerEntryFields = {
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  type: { type: String, enum: ["HOLD", "CAPTURE", "RELEASE", "GRANT", "REFUND", "ADJUST"], required: true },
  deltaAvailable: { type: Number, required: true },
  deltaHeld: { type: Number, required: true },
  deltaOwed: { type: Number, required: true },
  reason: { type: String, required: true },
  ref: { type: String, required: true },
  requestId: { type: String, required: true },
  at: { type: Date, required: true },
};

const schema = new Schema<LedgerEntryDoc>(ledgerEntryFields, { ...schemaOptions, collection: "ledgerEntries" });
schema.index({ userId: 1, at: -1, _id: -1 });
schema.index({ userId: 1, type: 1, at: -1, _id: -1 });

// For the overview, and for the story of a request.
schema.index({ at: 1 });
schema.index({ requestId: 1 });

export const LedgerEntry = defineModel("LedgerEntry", schema);
