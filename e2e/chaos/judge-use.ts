import type { GenerationDoc, ImageDoc, MessageDoc, OperationDoc } from "../../prisma-free-models";
import { isOneBeginning } from "./reading";
import type { Use } from "./use";

/** What the database has of a use. */
export interface Stored {
  operation?: OperationDoc | null;
  message?: MessageDoc | null;
  generation?: GenerationDoc | null;
  images: ImageDoc[];
}

/** What was told of an answer and is not so, as soon as it was told. */
export function toldWrongly({ readings }: Use, { message }: Stored): string[] {
  return readings.flatMap(({ end, text, problems }) => {
    if (end?.type !== "done") return problems;
    const { status, content, charged = 0 } = message ?? { status: "missing", content: "" };
    const told = end.message;
    return [
      ...problems,
      ...unless(text === told.content, `its text ended otherwise than it was followed: ${lengths(text, told.content)}`),
      ...unless(content === told.content, `told a text and kept another: ${lengths(told.content, content)}`),
      ...unless(status === told.status, `told ${told.status} and kept ${status}`),
      ...unless(charged === end.charged, `told a charge of ${end.charged} and kept ${charged}`),
    ];
  });
}

/** Everything that is wrong with a use once nothing is under way any more. */
export function provenWrong(use: Use, stored: Stored): string[] {
  return [
    ...toldWrongly(use, stored),
    ...(use.kind === "chat" ? wrongAnswer(use, stored) : wrongImages(use, stored)),
    ...saidToBeFree(use, stored),
  ];
}

/** Charged if and only if delivered, with every reader having seen the one text that is kept. */
function wrongAnswer({ readings }: Use, { operation, message }: Stored): string[] {
  const isDone = operation?.state === "DONE";
  const cost = operation?.cost ?? 0;
  const isDelivered = message?.status === "complete" || message?.status === "stopped";
  const content = message?.content ?? "";
  // What was blocked is taken away again, and what came after the last checkpoint of a lost worker is not there.
  const texts = [content, ...readings.map(({ longest }) => longest)];
  return [
    ...unless(isDone === isDelivered, `${operation?.state ?? "no operation"}, and the answer is ${message?.status}`),
    ...unless((message?.charged ?? 0) === (isDone ? cost : 0), `cost ${cost}, and the answer says ${message?.charged}`),
    ...unless(cost === 0 || content !== "", `cost ${cost} for an empty answer`),
    ...unless(
      texts.every((one) => texts.every((other) => isOneBeginning(one, other))),
      `readers saw different texts: ${texts.map(({ length }) => length).join(", ")} characters`,
    ),
    // What is kept as whole is all that anybody saw.
    ...unless(!isDelivered || texts.every((text) => content.startsWith(text)), "somebody saw more than is kept"),
  ];
}

function wrongImages({ imageCharges }: Use, { operation, generation, images }: Stored): string[] {
  const isDone = operation?.state === "DONE";
  const cost = operation?.cost ?? 0;
  const price = images.reduce((sum, { published, charged }) => sum + (published ? charged : 0), 0);
  return [
    ...unless(isDone === (generation?.status === "complete"), `${operation?.state}, the images ${generation?.status}`),
    ...unless(price === (isDone ? cost : 0), `cost ${cost}, and images for ${price} are in the library`),
    ...unless(
      imageCharges.every((charged) => isDone && charged === cost),
      `told a charge of ${imageCharges.join(", ")}, cost ${cost}`,
    ),
  ];
}

/** "Nothing was charged" is a promise. Of a repeated key it is one about the repetition alone. */
function saidToBeFree({ sent, readings, refusals }: Use, { operation }: Stored): string[] {
  const cost = operation?.state === "DONE" ? (operation.cost ?? 0) : 0;
  if (cost === 0 || sent > 1) return [];
  const words = [
    ...refusals.map((refusal) => refusal.words),
    ...readings.flatMap(({ end }) => (end?.type === "error" ? [end.message] : [])),
  ];
  const wrong = words.filter((said) => /nothing was charged/i.test(said));
  return wrong.map((said) => `cost ${cost}, and was told “${said}”`);
}

const unless = (isSo: boolean, problem: string): string[] => (isSo ? [] : [problem]);

function lengths(one: string, other: string): string {
  const same = [...one].findIndex((letter, index) => letter !== other[index]);
  return `${one.length} and ${other.length} characters, the same up to ${same === -1 ? one.length : same}`;
}
