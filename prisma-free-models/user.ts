import { Schema } from "mongoose";
import type { Role } from "../src/shared/entitlements";
import { defineModel, schemaOptions } from "./define-model";

export interface UserDoc {
  _id: string;
  /** Lower case. */
  email: string;
  name: string;
  passwordHash: string;
  role: Role;
  status: "active" | "suspended";
  /** Raised to end every session made before. */
  sessionVersion: number;
  createdAt: Date;
  /** When they last did anything, give or take a few minutes. */
  lastSeenAt?: Date;
  /** The words of address and name, for search. */
  terms: string[];
}

const schema = new Schema<UserDoc>(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: { type: String, required: true },
    role: { type: String, enum: ["USER", "SUBSCRIBER", "ADMIN"], required: true },
    status: { type: String, enum: ["active", "suspended"], required: true },
    sessionVersion: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: Date,
    terms: [String],
  },
  schemaOptions,
);
schema.index({ email: 1 }, { unique: true });
schema.index({ createdAt: -1, _id: -1 });
schema.index({ lastSeenAt: -1, _id: -1 });
schema.index({ terms: 1 });

export const User = defineModel("User", schema);
