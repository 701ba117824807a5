import { Account } from "./account";
import { AuditEntry } from "./audit-entry";
import { Conversation } from "./conversation";
import { Generation } from "./generation";
import { Image } from "./image";
import { LedgerEntry } from "./ledger-entry";
import { Marker } from "./marker";
import { Message } from "./message";
import { Operation } from "./operation";
import { Purchase } from "./purchase";
import { Subscription } from "./subscription";
import { User } from "./user";
import { WebhookEvent } from "./webhook-event";

export type { AccountDoc } from "./account";
export type { ConversationDoc } from "./conversation";
export type { GenerationDoc } from "./generation";
export type { ImageDoc } from "./image";
export type { LedgerEntryDoc } from "./ledger-entry";
export type { MessageDoc } from "./message";
export type { OperationDoc } from "./operation";
export type { PurchaseDoc } from "./purchase";
export type { SubscriptionDoc } from "./subscription";
export type { WebhookEventDoc } from "./webhook-event";
export {
  Account,
  AuditEntry,
  Conversation,
  Generation,
  Image,
  LedgerEntry,
  Marker,
  Message,
  Operation,
  Purchase,
  Subscription,
  User,
  WebhookEvent,
};

/** All of them, for whoever builds indexes. */
export const models = [
  Account,
  AuditEntry,
  Conversation,
  Generation,
  Image,
  LedgerEntry,
  Marker,
  Message,
  Operation,
  Purchase,
  Subscription,
  User,
  WebhookEvent,
];
