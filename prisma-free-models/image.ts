import { Schema } from "mongoose";
import type { AspectRatio } from "../src/shared/image";
import { defineModel, schemaOptions } from "./define-model";

/** One image in the library. `_id` derives from its operation, so storing it again changes nothing. */
export interface ImageDoc {
  _id: string;
  userId: string;
  generationId: string;
  prompt: string;
  /** The prompt's words, normalised, for search. */
  terms: string[];
  aspectRatio: AspectRatio;
  seed?: number;
  publicId: string;
  url: string;
  width: number;
  height: number;
  bytes: number;
  charged: number;
  sandbox: boolean;
  /** False until the operation was decided: an image nobody paid for is not shown. */
  published: boolean;
  requestId: string;
  createdAt: Date;
  /** Null while it is not in the trash. */
  removedAt: Date | null;
}

const schema = new Schema<ImageDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    generationId: { type: String, required: true },
    prompt: { type: String, required: true },
    terms: [String],
    aspectRatio: { type: String, required: true },
    seed: Number,
    publicId: { type: String, required: true },
    url: { type: String, required: true },
    width: { type: Number, required: true },
    height: { type: Number, required: true },
    bytes: { type: Number, required: true },
    charged: { type: Number, required: true },
    sandbox: { type: Boolean, required: true },
    published: { type: Boolean, required: true },
    requestId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    removedAt: { type: Date, default: null },
  },
  schemaOptions,
);
schema.index({ userId: 1, published: 1, removedAt: 1, createdAt: -1, _id: -1 });
schema.index({ userId: 1, terms: 1, createdAt: -1, _id: -1 });
// For the operator: what is in the trash too.
schema.index({ userId: 1, published: 1, createdAt: -1, _id: -1 });
schema.index({ generationId: 1 });

// For the overview.
schema.index({ createdAt: 1 });

export const Image = defineModel("Image", schema);
