import type { GenerationDoc, MessageDoc, OperationDoc } from "../../prisma-free-models";

/** What was seen of a use that must never change again. */
interface Final {
  decision?: Pick<OperationDoc, "state" | "cost" | "outcome">;
  isSettled: boolean;
  answer?: Pick<MessageDoc, "status" | "content" | "charged" | "cached">;
  images?: Pick<GenerationDoc, "status" | "charged">;
}

/** One look at a use. */
export interface Look {
  operation?: OperationDoc;
  message?: MessageDoc;
  generation?: GenerationDoc;
}

/** Watches that what is final stays as it is. */
export class UseWatch {
  readonly #name: string;
  readonly #final: Final = { isSettled: false };

  constructor(name: string) {
    this.#name = name;
  }

  /** True when nothing should happen to it any more. */
  get isOver(): boolean {
    return this.#final.isSettled;
  }

  /** Compares one look with those before. The operation must have been read last. */
  see(look: Look): string[] {
    const problems = [...this.#seeOperation(look), ...this.#seeResult(look)];
    return problems.map((problem) => `${this.#name}: ${problem}`);
  }

  #seeOperation({ operation }: Look): string[] {
    const final = this.#final;
    if (!operation) return final.decision ? ["the operation is gone"] : [];
    const { state, cost, outcome, settled } = operation;
    const isDecided = state === "DONE" || state === "FAILED" || state === "EXPIRED";
    const problems = [...changes("the decision", final.decision, { state, cost, outcome })];
    if (final.isSettled && !settled) problems.push("it was settled, and is not any more");
    if (settled && !isDecided) problems.push(`it is settled, and ${state}`);
    if (isDecided) final.decision ??= { state, cost, outcome };
    final.isSettled ||= settled;
    return problems;
  }

  #seeResult({ operation, message, generation }: Look): string[] {
    const final = this.#final;
    const problems: string[] = [];
    if (message) {
      const { status, content, charged, cached } = message;
      problems.push(...changes("the answer", final.answer, { status, content, charged, cached }));
      if (status === "complete" || status === "stopped") {
        final.answer ??= { status, content, charged, cached };
        problems.push(...paidAs(operation, charged));
      }
    } else if (final.answer) problems.push("the answer is gone");
    if (generation) {
      const { status, charged } = generation;
      problems.push(...changes("the images", final.images, { status, charged }));
      if (status === "complete") {
        final.images ??= { status, charged };
        problems.push(...paidAs(operation, charged));
      }
    }
    return problems;
  }
}

/** Shown as delivered only after that was decided, at that price. */
function paidAs(operation: OperationDoc | undefined, charged = 0): string[] {
  if (operation?.state === "DONE" && operation.cost === charged) return [];
  return [`shown as delivered for ${charged}, and its operation is ${operation?.state} at ${operation?.cost}`];
}

function changes(what: string, before: object | undefined, now: object): string[] {
  const [was, is] = [JSON.stringify(before), JSON.stringify(now)];
  if (!before || was === is) return [];
  return [`${what} was ${was.slice(-200)} and became ${is.slice(-200)}`];
}
