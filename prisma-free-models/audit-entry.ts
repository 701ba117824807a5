import { Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/** Something an operator did, or must know of. Insert-only. */
export interface AuditEntryDoc {
  _id: string;
  /** A user's id, or "paypal" for what came from there. */
  actor: string;
  /** What happened, as `area.verb`. */
  action: string;
  /** The part of the action before its dot, to list by. */
  area: string;
  /** Whom or what it concerns: a user's or a purchase's id. */
  subject: string;
  /** In plain words. */
  note: string;
  before?: unknown;
  after?: unknown;
  requestId: string;
  at: Date;
}

const schema = new Schema<AuditEntryDoc>(
  {
    _id: { type: String, required: true },
    actor: { type: String, required: true },
    action: { type: String, required: true },
    area: { type: String, required: true },
    subject: { type: String, required: true },
    note: { type: String, required: true },
    before: Schema.Types.Mixed,
    after: Schema.Types.Mixed,
    requestId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { ...schemaOptions, collection: "auditLog" },
);
schema.index({ at: -1, _id: -1 });
schema.index({ subject: 1, at: -1, _id: -1 });
schema.index({ action: 1, at: -1, _id: -1 });
schema.index({ area: 1, at: -1, _id: -1 });
schema.index({ requestId: 1 });

export const AuditEntry = defineModel("AuditEntry", schema);
