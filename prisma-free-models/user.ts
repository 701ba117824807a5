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
  /** The last change of role or status through the guard. */
  standing?: string;
  /** Raised to end every session made before. */
  sessionVersion: number;
  createdAt: Date;
  /** When they last did anything, give or take a few minutes; at first, when they came. */
  lastSeenAt: Date;
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
    standing: String,
    sessionVersion: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    terms: [String],
  },
  schemaOptions,
);
schema.index({ email: 1 }, { unique: true });
schema.index({ terms: 1 });
// For the operator's list: each order alone, and of one status or role. Status first: the rarer one decides.
schema.index({ createdAt: -1, _id: -1 });
schema.index({ lastSeenAt: -1, _id: -1 });
for (const only of ["status", "role"]) {
  schema.index({ [only]: 1, createdAt: -1, _id: -1 });
  schema.index({ [only]: 1, lastSeenAt: -1, _id: -1 });
  schema.index({ [only]: 1, email: 1 });
}

export const User = defineModel("User", schema);
