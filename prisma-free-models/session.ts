import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/** A browser somebody signed in with, for people and operators to look at. Whether it still counts, the user's `sessionVersion` says. */
export interface SessionDoc {
  _id: string;
  userId: string;
  sessionVersion: number;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** As long as its cookie. */
const KEPT_SECONDS = 30 * 24 * 3_600;

const schema = new Schema<SessionDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    sessionVersion: { type: Number, required: true },
    userAgent: { type: String, default: "" },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
  },
  schemaOptions,
);
schema.index({ userId: 1, lastSeenAt: -1 });
schema.index({ lastSeenAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const Session = defineModel("Session", schema);
