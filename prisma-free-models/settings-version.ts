import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/** One version of the operator's settings, insert-only: whoever inserts the next number made the change. */
export interface SettingsVersionDoc {
  /** Counts from 1. */
  _id: number;
  /** As `shared/settings.ts` has them; read through its schema. */
  values: unknown;
  changedBy: string;
  note: string;
  requestId: string;
  at: Date;
}

const schema = new Schema<SettingsVersionDoc>(
  {
    _id: { type: Number, required: true },
    values: { type: Schema.Types.Mixed, required: true },
    changedBy: { type: String, required: true },
    // Often empty, which `required` would refuse.
    note: { type: String, default: "" },
    requestId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { ...schemaOptions, collection: "settings" },
);

export const SettingsVersion = defineModel("SettingsVersion", schema);
