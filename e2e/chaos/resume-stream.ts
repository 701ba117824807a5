import { TRPCClientError } from "@trpc/client";
import superjson from "superjson";
import { type ChatEvent, chatEvent } from "../../src/shared/chat";

interface Resumption {
  address: string;
  cookie: string;
  messageId: string;
  /** How many characters the reader has already. */
  from: number;
  signal: AbortSignal;
}

/** The rest of an answer, as a page asks for it that lost its connection: over server-sent events. */
export async function* resumeStream({
  address,
  cookie,
  messageId,
  from,
  signal,
}: Resumption): AsyncGenerator<ChatEvent> {
  const input = JSON.stringify(superjson.serialize({ messageId, lastEventId: String(from) }));
  const reply = await fetch(`${address}/api/trpc/chat.resume?input=${encodeURIComponent(input)}`, {
    headers: { cookie, accept: "text/event-stream" },
    signal,
  });
  if (!reply.ok || !reply.body) throw new TRPCClientError(`resuming was answered with ${reply.status}`);
  let rest = "";
  for await (const piece of reply.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + piece).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const { name, data } = parseEvent(event);
      if (name === "return") return;
      if (name === "serialized-error") throw new TRPCClientError(`resuming failed: ${data}`);
      if (name === "message" && data) yield chatEvent.parse(superjson.deserialize(JSON.parse(data)));
    }
  }
}

function parseEvent(text: string): { name: string; data: string } {
  const fields = new Map(
    text.split("\n").map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trimStart()];
    }),
  );
  return { name: fields.get("event") ?? "message", data: fields.get("data") ?? "" };
}
