import { Account, Conversation, Image, LedgerEntry, Message, User } from "@models";
import type mongoose from "mongoose";
import { accountOf, conversationId, conversationOf, entryOf, imageOf, messageOf, personId, userOf } from "./documents";

export interface Sizes {
  /** Who takes part, with credits enough for any run. */
  people: number;
  /** Who is only there. */
  users: number;
  /** The first person's, with so many messages each. */
  conversations: number;
  messages: number;
  /** The first person's too. */
  images: number;
  entries: number;
}

const BATCH = 2_000;
/** How long the pages are that lists are asked for. */
const PAGE = 20;

/** Writes everything straight into the collections, in the models' shapes. */
export async function fillWorld(sizes: Sizes): Promise<void> {
  const everybody = sizes.people + sizes.users;
  await insert(User.collection, everybody, userOf);
  await insert(Account.collection, everybody, accountOf);
  await insert(Conversation.collection, sizes.conversations, conversationOf);
  for (let conversation = 0; conversation < sizes.conversations; conversation += 1) {
    await insert(Message.collection, sizes.messages, (index) => messageOf(conversation, index));
  }
  await insert(Image.collection, sizes.images, imageOf);
  await insert(LedgerEntry.collection, sizes.entries, entryOf);
}

/** Who and what there is in a world of these sizes; known without looking, because it is always the same. */
export function worldOf(sizes: Sizes): object {
  const people = Array.from({ length: sizes.people }, (_, index) => ({ id: personId(index), sessionVersion: 1 }));
  const conversations = Array.from({ length: sizes.conversations }, (_, index) => conversationId(index));
  return {
    sizes,
    people,
    subject: {
      conversations,
      lastImages: cursorAt(sizes.images, (index) => imageOf(index)),
      lastEntries: cursorAt(sizes.entries, (index) => ({ ...entryOf(index), createdAt: entryOf(index).at })),
    },
  };
}

/** The cursor after which one page is left of a list, oldest first in `of`. */
function cursorAt(size: number, of: (index: number) => { _id: string; createdAt: Date }): string | undefined {
  if (size <= PAGE) return undefined;
  const { _id, createdAt } = of(PAGE);
  return Buffer.from(JSON.stringify([createdAt.getTime(), _id])).toString("base64url");
}

async function insert<Doc extends { _id: string }>(
  collection: mongoose.Collection,
  size: number,
  of: (index: number) => Doc,
): Promise<void> {
  // The collections of all models have their own ids, which the driver's untyped collection cannot know.
  const typed = collection as unknown as mongoose.mongo.Collection<{ _id: string }>;
  for (let from = 0; from < size; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, size - from) }, (_, index) => of(from + index));
    await typed.insertMany(batch, { ordered: false });
  }
}
