import { firstToken, growthScenario } from "../lib/growth-scenario.mjs";

/** The owner of everything is the first of the people; the second has nothing. */
const OWNER = 0;
const SOMEBODY = 1;
const PAGE = 1.2;

const conversation = ({ subject }, turn) => ({
  conversationId: subject.conversations[turn % subject.conversations.length],
});

export const conversations = growthScenario({
  name: "conversations",
  about: "conversations of 10, 1,000 and 100,000 messages",
  sizeOf: ({ messages }) => messages,
  cases: [
    { name: "first token", ...firstToken(OWNER, conversation) },
    {
      name: "opening it",
      bound: PAGE,
      call: (it, turn) => it.query("chat.get", { ...conversation(it, turn), limit: 20 }, OWNER),
    },
  ],
});

export const galleries = growthScenario({
  name: "galleries",
  about: "libraries of 100, 25,000 and 250,000 images",
  sizeOf: ({ images }) => images,
  cases: [
    { name: "first page", bound: PAGE, call: (it) => it.query("image.list", {}, OWNER) },
    { name: "last page", bound: PAGE, call: (it) => it.query("image.list", { cursor: it.subject.lastImages }, OWNER) },
  ],
});

export const users = growthScenario({
  name: "users",
  about: "100, 3,000 and 100,000 users",
  sizeOf: ({ people, users: others }) => people + others,
  cases: [
    { name: "first token", ...firstToken(SOMEBODY) },
    { name: "session", bound: 1.1, call: (it) => it.query("account.me", null, SOMEBODY) },
  ],
});

export const ledgers = growthScenario({
  name: "ledgers",
  about: "ledgers of 1,000, 30,000 and 1,000,000 rows",
  sizeOf: ({ entries }) => entries,
  cases: [
    { name: "first token", ...firstToken(OWNER) },
    { name: "first page", bound: PAGE, call: (it) => it.query("credits.history", {}, OWNER) },
    {
      name: "last page",
      bound: PAGE,
      call: (it) => it.query("credits.history", { cursor: it.subject.lastEntries }, OWNER),
    },
  ],
});
