import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/** A thing that happens once for the whole instance: whoever inserts the document did it. */
export interface MarkerDoc {
  _id: "first-admin";
  userId: string;
  applied: boolean;
}

const schema = new Schema<MarkerDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    applied: { type: Boolean, required: true },
  },
  schemaOptions,
);

export const Marker = defineModel("Marker", schema);
