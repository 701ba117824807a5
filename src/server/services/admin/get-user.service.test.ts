import { Conversation, Image } from "@models";
import { expect, test } from "vitest";
import { removeConversation } from "@/server/services/chat/change-conversation";
import { removeImage } from "@/server/services/image/change-image";
import { plansOf } from "../../../../tests/plans";
import { generate, person, send, the } from "../../../../tests/studio";
import { approvedOrder, buy } from "../../../../tests/till";
import { getUser, listUserConversations, listUserImages } from "./get-user";

const SECRET = "my secret garden of nightshade";

/** Somebody who wrote and made things, some of them in the trash, all of them about a secret. */
async function busyPerson() {
  const who = await person({ credits: 20 });
  const { conversationId } = the(await send(who, { content: SECRET }), "start");
  await send(who, { content: `${SECRET} again`, conversationId });
  const second = the(await send(who, { content: `${SECRET} elsewhere` }), "start");
  await removeConversation(who.user.id, second.conversationId);
  const { images } = the(await generate(who, { prompt: SECRET }), "done");
  const more = the(await generate(who, { prompt: `${SECRET}, blooming` }), "done");
  await removeImage(who.user.id, more.images[0]?.id ?? "");
  return { who, userId: who.user.id, conversationId, second, images, more };
}

test("an operator sees what somebody did, and never a word of what they wrote", async () => {
  const { who, userId, conversationId, second, images, more } = await busyPerson();
  await buy(who);
  await approvedOrder(who);
  const user = await getUser(userId);
  expect(user).toMatchObject({
    id: userId,
    role: "USER",
    status: "active",
    balance: { available: 35, held: 0, owed: 0 },
    sessions: [],
    subscription: null,
    counts: { conversations: 2, images: 2, purchases: 1 },
  });
  const conversations = await listUserConversations({ userId, limit: 20 });
  expect(conversations.items).toMatchObject([
    { id: second.conversationId, removed: true, messages: 2 },
    { id: conversationId, removed: false, messages: 4 },
  ]);
  const made = await listUserImages({ userId, limit: 20 });
  expect(made.items).toMatchObject([
    { id: more.images[0]?.id, removed: true, charged: 1, aspectRatio: "1:1", requestId: who.requestId },
    { id: images[0]?.id, removed: false, charged: 1 },
  ]);
  const all = JSON.stringify([user, conversations, made]).toLowerCase();
  for (const word of ["secret", "nightshade", "not a hash"]) expect(all).not.toContain(word);
  await expect(getUser("nobody")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("what somebody did is paged, each thing once", async () => {
  const { userId, conversationId, second, images, more } = await busyPerson();
  const first = await listUserConversations({ userId, limit: 1 });
  const rest = await listUserConversations({ userId, limit: 1, cursor: first.nextCursor });
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([second.conversationId, conversationId]);
  expect(rest.nextCursor).toBeUndefined();
  const newest = await listUserImages({ userId, limit: 1 });
  const oldest = await listUserImages({ userId, limit: 1, cursor: newest.nextCursor });
  expect([...newest.items, ...oldest.items].map(({ id }) => id)).toEqual([more.images[0]?.id, images[0]?.id]);
});

test("all of it is read from indexes, whatever others have", async () => {
  const { userId } = await busyPerson();
  await busyPerson();
  const { nextCursor } = await listUserConversations({ userId, limit: 1 });
  const plans = await plansOf(async () => {
    await getUser(userId);
    await listUserConversations({ userId, limit: 1, cursor: nextCursor });
    await listUserImages({ userId, limit: 1 });
  });
  expect(plans.length).toBeGreaterThan(8);
  for (const { query, plan, examined } of plans) {
    expect(plan, query).not.toMatch(/COLLSCAN|SORT/);
    expect(examined, query).toBeLessThanOrEqual(4);
  }
  expect(await Conversation.countDocuments()).toBeGreaterThan(3);
  expect(await Image.countDocuments()).toBeGreaterThan(3);
});
