import { Schema } from "mongoose";
import type { AspectRatio, GenerationStatus } from "../src/shared/image";
import { defineModel, schemaOptions } from "./define-model";

/** One request for images, from prompt to library. */
export interface GenerationDoc {
  _id: string;
  userId: string;
  operationId: string;
  prompt: string;
  aspectRatio: AspectRatio;
  count: number;
  seed?: number;
  status: GenerationStatus;
  /** The provider's own id, written before anything else happens to it. */
  predictionId?: string;
  /** Set by whoever wants it given up; whichever process runs it looks between two looks at the prediction. */
  cancelRequested?: boolean;
  errorCode?: string;
  charged: number;
  requestId: string;
  createdAt: Date;
}

const schema = new Schema<GenerationDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    operationId: { type: String, required: true },
    prompt: { type: String, required: true },
    aspectRatio: { type: String, required: true },
    count: { type: Number, required: true },
    seed: Number,
    status: {
      type: String,
      enum: ["starting", "processing", "storing", "complete", "failed", "canceled"],
      required: true,
    },
    predictionId: String,
    cancelRequested: Boolean,
    errorCode: String,
    charged: { type: Number, required: true },
    requestId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  schemaOptions,
);
schema.index({ userId: 1, status: 1, createdAt: -1 });
schema.index({ status: 1, createdAt: 1 });
// For the provider's word that a prediction has ended.
schema.index({ predictionId: 1 }, { partialFilterExpression: { predictionId: { $exists: true } } });

export const Generation = defineModel("Generation", schema);
