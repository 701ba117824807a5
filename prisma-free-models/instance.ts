import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/** A process that serves this instance, as it last said itself. */
export interface InstanceDoc {
  _id: string;
  startedAt: Date;
  seenAt: Date;
  memoryBytes: number;
  /** Answers and images in the making. */
  running: number;
  breakers: { name: string; state: "closed" | "open" | "half-open" }[];
}

/** One that says nothing for so long is gone. */
const GONE_SECONDS = 120;

const schema = new Schema<InstanceDoc>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    memoryBytes: { type: Number, required: true },
    running: { type: Number, required: true },
    breakers: [new Schema({ name: String, state: String }, { _id: false })],
  },
  schemaOptions,
);
schema.index({ seenAt: 1 }, { expireAfterSeconds: GONE_SECONDS });

export const Instance = defineModel("Instance", schema);
