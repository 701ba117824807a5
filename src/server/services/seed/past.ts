import type {
  AccountDoc,
  AuditEntryDoc,
  ConversationDoc,
  GenerationDoc,
  ImageDoc,
  LedgerEntryDoc,
  MessageDoc,
  OperationDoc,
  ProviderCallDoc,
  PurchaseDoc,
  RequestEventDoc,
  SessionDoc,
  SettingsVersionDoc,
  SubscriptionDoc,
  UserDoc,
} from "@models";
import type { Settings } from "@/shared/settings";
import type { Chance } from "./chance";
import type { PaypalRecords } from "./paypal-records";

/** Everything a made-up past consists of, before any of it is written. */
export interface Past {
  users: UserDoc[];
  accounts: AccountDoc[];
  sessions: SessionDoc[];
  conversations: ConversationDoc[];
  messages: MessageDoc[];
  operations: OperationDoc[];
  generations: GenerationDoc[];
  images: ImageDoc[];
  ledger: LedgerEntryDoc[];
  purchases: PurchaseDoc[];
  subscriptions: SubscriptionDoc[];
  calls: ProviderCallDoc[];
  events: RequestEventDoc[];
  audit: Omit<AuditEntryDoc, "area">[];
  settings: SettingsVersionDoc[];
  paypal: PaypalRecords;
}

/** What all of it is made with. */
export interface Scene {
  chance: Chance;
  /** The past reaches from here to here. */
  from: Date;
  now: Date;
  settings: Settings;
  currency: string;
  /** Who stands in the audit log. */
  operator: string;
  passwordHash: string;
  plan: { id: string; amount: number };
  past: Past;
}

export const emptyPast = (): Past => ({
  users: [],
  accounts: [],
  sessions: [],
  conversations: [],
  messages: [],
  operations: [],
  generations: [],
  images: [],
  ledger: [],
  purchases: [],
  subscriptions: [],
  calls: [],
  events: [],
  audit: [],
  settings: [],
  paypal: { orders: [], payments: [], subscriptions: [] },
});

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;

export const after = (time: Date, ms: number) => new Date(time.getTime() + ms);
