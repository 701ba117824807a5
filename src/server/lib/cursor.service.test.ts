import { Conversation, Image, LedgerEntry, Message, Purchase } from "@models";
import { expect, test } from "vitest";
import { listAudit } from "@/server/services/audit/list-audit";
import { writeAudit } from "@/server/services/audit/write-audit";
import { getConversation } from "@/server/services/chat/get-conversation";
import { listConversations } from "@/server/services/chat/list-conversations";
import { listHistory } from "@/server/services/credits/list-history";
import { listImages } from "@/server/services/image/list-images";
import { listPurchases } from "@/server/services/payments/list-purchases";
import { plansOf } from "../../../tests/plans";
import { person } from "../../../tests/studio";

const COUNT = 30;
const LIMIT = 5;

interface Page {
  nextCursor?: string | undefined;
}

/** So many things of somebody's, three of them at each moment. */
async function things(userId: string) {
  const common = { userId, requestId: "request-of-lists" };
  for (let number = 0; number < COUNT; number += 1) {
    const _id = `${userId}-${String(number).padStart(2, "0")}`;
    const at = new Date(Date.UTC(2026, 0, 1 + Math.floor(number / 3)));
    const all = { _id, ...common, at, createdAt: at, updatedAt: at, removedAt: null, published: true, terms: [] };
    await Promise.all([
      LedgerEntry.collection.insertOne({ ...all, type: "GRANT" } as never),
      Conversation.collection.insertOne({ ...all, title: "A title" } as never),
      Image.collection.insertOne({ ...all, prompt: "A prompt" } as never),
      Purchase.collection.insertOne({ ...all, state: "CREDITED", refunds: [], moves: [] } as never),
      Message.collection.insertOne({ ...all, conversationId: `${userId}-00`, role: "user" } as never),
      writeAudit({
        id: _id,
        actor: userId,
        action: "user.role",
        subject: userId,
        note: "A note",
        requestId: "request-of-lists",
      }),
    ]);
  }
}

const LISTS: [string, (userId: string, cursor: string | undefined) => Promise<Page & object>][] = [
  ["the ledger", (userId, cursor) => listHistory(userId, { limit: LIMIT, cursor })],
  ["conversations", (userId, cursor) => listConversations(userId, { limit: LIMIT, cursor, removed: false })],
  ["messages", (userId, cursor) => getConversation(userId, { conversationId: `${userId}-00`, limit: LIMIT, cursor })],
  ["images", (userId, cursor) => listImages(userId, { limit: LIMIT, cursor, removed: false })],
  ["purchases", (userId, cursor) => listPurchases(userId, { limit: LIMIT, cursor })],
  ["the audit log", (subject, cursor) => listAudit({ subject, limit: LIMIT, cursor })],
];

test.each(LISTS)("a page far down %s costs no more than the first", async (_, list) => {
  const { user } = await person();
  await things(user.id);
  let cursor: string | undefined;
  let pages = 0;
  do {
    let page: Page = {};
    const plans = await plansOf(async () => {
      page = await list(user.id, cursor);
    });
    for (const { query, plan, examined } of plans) {
      expect(plan, query).not.toMatch(/COLLSCAN|SORT/);
      // What the page shows, one more to know whether there is another, and what is of the same moment as the cursor.
      expect(examined, query).toBeLessThanOrEqual(LIMIT + 1 + 3);
    }
    cursor = page.nextCursor;
    pages += 1;
  } while (cursor);
  expect(pages).toBeGreaterThanOrEqual(COUNT / LIMIT);
});
