import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

export interface ConversationDoc {
  _id: string;
  userId: string;
  title: string;
  /** The title's words, normalised, for search. */
  terms: string[];
  createdAt: Date;
  updatedAt: Date;
  /** Null while it is not in the trash. */
  removedAt: Date | null;
}

const schema = new Schema<ConversationDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    title: { type: String, required: true },
    terms: [String],
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    removedAt: { type: Date, default: null },
  },
  schemaOptions,
);
schema.index({ userId: 1, removedAt: 1, updatedAt: -1, _id: -1 });
schema.index({ userId: 1, terms: 1, updatedAt: -1, _id: -1 });
// For the operator: what is in the trash too, in an order that no message changes.
schema.index({ userId: 1, createdAt: -1, _id: -1 });

export const Conversation = defineModel("Conversation", schema);
