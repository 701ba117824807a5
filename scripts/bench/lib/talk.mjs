import mongoose from "mongoose";

const BATCH = 500;

/**
 * Writes a conversation of so many messages into the database, questions and answers by turns.
 * @returns {Promise<string>} its id
 */
export async function writeTalk(database, userId, count) {
  const connection = await mongoose.createConnection(database.uri).asPromise();
  try {
    const id = `c_talk_of_${count}`;
    const now = Date.now();
    const begun = new Date(now - count * 1_000);
    const talk = { _id: id, userId, title: `A talk of ${count}`, createdAt: begun, updatedAt: new Date(now) };
    await connection.collection("conversations").insertOne(talk);
    const messages = Array.from({ length: count }, (_, index) => messageOf(id, userId, index, begun));
    for (let from = 0; from < count; from += BATCH) {
      await connection.collection("messages").insertMany(messages.slice(from, from + BATCH));
    }
    return id;
  } finally {
    await connection.close();
  }
}

function messageOf(conversationId, userId, index, begun) {
  const isAnswer = index % 2 === 1;
  return {
    _id: `m_${conversationId}_${index}`,
    conversationId,
    userId,
    ...(index > 0 && { parentId: `m_${conversationId}_${index - 1}` }),
    role: isAnswer ? "assistant" : "user",
    content: isAnswer ? answerText(index) : `What is ink made of, asked for time ${index}?`,
    status: "complete",
    tier: "fast",
    ...(isAnswer && { provider: "gemini", model: "gemini", charged: 1 }),
    requestId: `request-${index}`,
    createdAt: new Date(begun.getTime() + index * 1_000),
  };
}

const CODE = "```js\nconst ink = soot + gum;\n```\n\n| part | share |\n| --- | --- |\n| soot | 1 |";

/** Paragraphs and a list, and in every fifth answer code and a table. */
function answerText(index) {
  const parts = [
    "**Ink** is *soot* in water.",
    "- soot\n- gum arabic\n- water",
    "It keeps. ".repeat(10 + (index % 40)),
  ];
  return [...parts, ...(index % 10 === 1 ? [CODE] : [])].join("\n\n");
}
