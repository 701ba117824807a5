import { withDeadline } from "../../src/server/lib/clock";
import type { SendMessageInput } from "../../src/shared/chat";
import { refusalOf } from "./client-failure";
import { Reading } from "./reading";
import { resumeStream } from "./resume-stream";
import type { Site } from "./stage";
import type { Use } from "./use";

/** Longer than any answer may take: who has heard nothing by then leaves. */
const PATIENCE_MS = 30_000;

export type Question = Pick<SendMessageInput, "content"> & { skipCache?: boolean };

interface Following {
  /** Leaves when it aborts. */
  signal?: AbortSignal;
  /** Told of each piece. */
  onPiece?: (reading: Reading) => void;
}

/** Asks a question and follows the answer to its end, unless it leaves before. Resolves to how it ended, in a word or two. */
export async function send(use: Use, site: Site, question: Question, following: Following = {}): Promise<string> {
  const reading = new Reading();
  use.readings.push(reading);
  use.sent += 1;
  const signal = patient(following.signal);
  const api = use.visitor.apiAt(site.instance.address);
  return follow(use, reading, following, async function* () {
    yield* await api.chat.send.mutate({ ...question, idempotencyKey: use.idempotencyKey }, { signal });
  });
}

/** Follows an answer on, from where a reading of it broke off. */
export function resume(use: Use, site: Site, from: Reading, following: Following = {}): Promise<string> {
  const reading = new Reading(from.text);
  use.readings.push(reading);
  const { cookie } = use.visitor;
  return follow(use, reading, following, () =>
    resumeStream({
      address: site.instance.address,
      cookie,
      messageId: use.targetId,
      from: from.text.length,
      signal: patient(following.signal),
    }),
  );
}

/** Asks for a running answer to be ended. */
export async function stop(use: Use, site: Site): Promise<string> {
  try {
    const api = use.visitor.apiAt(site.instance.address);
    const { stopped } = await api.chat.stop.mutate({ messageId: use.targetId }, { signal: patient() });
    return stopped ? "stop taken" : "too late";
  } catch (error) {
    return `stop ${refusalOf(error)?.code ?? "lost"}`;
  }
}

async function follow(
  use: Use,
  reading: Reading,
  { onPiece, signal }: Following,
  events: () => AsyncIterable<Parameters<Reading["take"]>[0]>,
): Promise<string> {
  try {
    for await (const event of events()) {
      reading.take(event);
      if (event.type === "delta" || event.type === "snapshot") onPiece?.(reading);
    }
    return describeEnd(reading) ?? "broken off";
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) use.refusals.push(refusal);
    if (signal?.aborted) return "left";
    return describeEnd(reading) ?? refusal?.code ?? "lost";
  }
}

function describeEnd({ end }: Reading): string | undefined {
  if (!end) return undefined;
  if (end.type === "error") return `error ${end.code}`;
  return end.cached ? "cached" : end.message.status;
}

const patient = (signal?: AbortSignal) =>
  signal ? withDeadline(signal, PATIENCE_MS) : AbortSignal.timeout(PATIENCE_MS);
