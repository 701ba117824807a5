import { Account } from "./account";
import { AuditEntry } from "./audit-entry";
import { Conversation } from "./conversation";
import { Generation } from "./generation";
import { Image } from "./image";
import { Instance } from "./instance";
import { LedgerEntry } from "./ledger-entry";
import { Marker } from "./marker";
import { Message } from "./message";
import { Operation } from "./operation";
import { PROVIDER_CALLS_KEPT_MS, ProviderCall } from "./provider-call";
import { Purchase } from "./purchase";
import { RequestEvent } from "./request-event";
import { Rollup } from "./rollup";
import { Session } from "./session";
import { SettingsVersion } from "./settings-version";
import { StandingGuard } from "./standing-guard";
import { Subscription } from "./subscription";
import { User } from "./user";
import { WebhookEvent } from "./webhook-event";

export type { AccountDoc } from "./account";
export type { AuditEntryDoc } from "./audit-entry";
export type { ConversationDoc } from "./conversation";
export type { GenerationDoc } from "./generation";
export type { ImageDoc } from "./image";
export type { InstanceDoc } from "./instance";
export type { LedgerEntryDoc } from "./ledger-entry";
export type { MessageDoc } from "./message";
export type { OperationDoc } from "./operation";
export type { ProviderCallDoc } from "./provider-call";
export type { OpenRefund, PurchaseDoc } from "./purchase";
export type { RequestEventDoc } from "./request-event";
export type { RollupCounts, RollupDoc } from "./rollup";
export type { SessionDoc } from "./session";
export type { SettingsVersionDoc } from "./settings-version";
export type { StandingChange } from "./standing-guard";
export type { SubscriptionDoc } from "./subscription";
export type { UserDoc } from "./user";
export type { WebhookEventDoc } from "./webhook-event";
export {
  Account,
  AuditEntry,
  Conversation,
  Generation,
  Image,
  Instance,
  LedgerEntry,
  Marker,
  Message,
  Operation,
  PROVIDER_CALLS_KEPT_MS,
  ProviderCall,
  Purchase,
  RequestEvent,
  Rollup,
  Session,
  SettingsVersion,
  StandingGuard,
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
  Instance,
  LedgerEntry,
  Marker,
  Message,
  Operation,
  ProviderCall,
  Purchase,
  RequestEvent,
  Rollup,
  Session,
  SettingsVersion,
  StandingGuard,
  Subscription,
  User,
  WebhookEvent,
];
