import { z } from "zod";
import { balance, cursorInput, idempotencyKey, itemId } from "./common";
import { ROLES } from "./entitlements";
import { purchase, purchaseState, subscription } from "./payments";

const role = z.enum(ROLES);
const status = z.enum(["active", "suspended"]);
/** Why an operator does something; it stands in the audit log. */
const reason = z.string().trim().min(3, "Say why; it stands in the audit log.").max(200);

export const USER_SORTS = ["newest", "seen", "email"] as const;
export const usersInput = cursorInput.extend({
  /** Words of the name or the address; the last may be unfinished. Or a user's id. */
  query: z.string().trim().max(100).optional(),
  sort: z.enum(USER_SORTS).default("newest"),
  role: role.optional(),
  status: status.optional(),
});
export const userRow = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  status,
  createdAt: z.date(),
  /** When they last did anything, give or take a few minutes. */
  lastSeenAt: z.date().optional(),
  balance,
});
export type UserRow = z.infer<typeof userRow>;
export const userPage = z.object({ items: z.array(userRow), nextCursor: z.string().optional() });

/** A browser somebody is signed in with. */
export const userSession = z.object({
  id: z.string(),
  userAgent: z.string(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
});
/** A person as an operator sees them: what they did, never what they wrote. */
export const userDetail = userRow.extend({
  sessions: z.array(userSession),
  subscription: subscription.nullable(),
  counts: z.object({ conversations: z.int(), images: z.int(), purchases: z.int() }),
});
export type UserDetail = z.infer<typeof userDetail>;

export const userIdInput = z.strictObject({ userId: itemId });
export const userListInput = cursorInput.extend({ userId: itemId });
export const userConversations = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      createdAt: z.date(),
      updatedAt: z.date(),
      removed: z.boolean(),
      /** Questions and answers. */
      messages: z.int(),
    }),
  ),
  nextCursor: z.string().optional(),
});
export const userImages = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      createdAt: z.date(),
      aspectRatio: z.string(),
      charged: z.int(),
      removed: z.boolean(),
      requestId: z.string(),
    }),
  ),
  nextCursor: z.string().optional(),
});

export const setRoleInput = z.strictObject({ userId: itemId, role, reason });
export const setStatusInput = z.strictObject({ userId: itemId, status, reason });
export const signOutUserInput = z.strictObject({ userId: itemId, reason });
export const deleteUserInput = z.strictObject({
  userId: itemId,
  reason,
  /** The person's address, written out: this cannot be undone. */
  confirmEmail: z.string().trim().toLowerCase().max(254),
});

export const adminPaymentsInput = cursorInput.extend({
  state: purchaseState.optional(),
  /** The id of a purchase, order, capture or user, or a user's whole address. */
  query: z.string().trim().max(254).optional(),
});
export const adminPayment = purchase.extend({
  user: z.object({ id: z.string(), email: z.string().optional() }),
  orderId: z.string().optional(),
  captureId: z.string().optional(),
  /** Why its credits were refused. */
  problem: z.string().optional(),
  sandbox: z.boolean(),
  /** What can still be refunded, in the currency's smallest unit. */
  refundable: z.int().min(0),
  /** What is on its way back: PayPal has not yet said that it is there. */
  refunding: z.int().min(0),
});
export type AdminPayment = z.infer<typeof adminPayment>;
export const adminPaymentPage = z.object({ items: z.array(adminPayment), nextCursor: z.string().optional() });

export const refundInput = z.strictObject({
  purchaseId: itemId,
  /** In the currency's smallest unit; absent: all that is left. */
  amount: z.int("Write an amount.").min(1, "Write an amount.").max(99_999_999).optional(),
  reason,
  idempotencyKey,
});

export const auditInput = cursorInput.extend({
  /** `area.verb`, or only the area. */
  action: z
    .string()
    .regex(/^[a-z]+(\.[a-z-]+)?$/, "Write an action like user.suspend, or only its area.")
    .optional(),
  /** A user's id or another's, whom it concerns. */
  subject: itemId.optional(),
});
export const auditEntry = z.object({
  id: z.string(),
  actor: z.string(),
  /** The actor's address, when it is a user who is still here. */
  actorEmail: z.string().optional(),
  action: z.string(),
  subject: z.string(),
  /** The subject's address, when it is a user who is still here. */
  subjectEmail: z.string().optional(),
  note: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  requestId: z.string(),
  at: z.date(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditPage = z.object({ items: z.array(auditEntry), nextCursor: z.string().optional() });
