import { Operation, type OperationDoc } from "@models";
import fc from "fast-check";
import type { Actor } from "@/server/lib/actor";
import { newId, shortHash } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { cacheKey, flyAlone } from "@/server/services/ai/response-cache";
import { markAnswerLost, publishAnswer } from "@/server/services/chat/deliver-answer";
import { persistQuestion } from "@/server/services/chat/persist-question";
import { sendMessage } from "@/server/services/chat/send-message";
import { stopAnswer } from "@/server/services/chat/stop-answer";
import { SYSTEM_PROMPT } from "@/server/services/chat/system-prompt";
import { adjustCredits } from "@/server/services/credits/adjust-credits";
import { drainOutbox } from "@/server/services/credits/drain-outbox";
import { holdOperation } from "@/server/services/credits/hold-operation";
import { openAccount } from "@/server/services/credits/open-account";
import { openOperation } from "@/server/services/credits/open-operation";
import { currentPrices } from "@/server/services/credits/quote";
import { completeOperation, settleOperation } from "@/server/services/credits/settle-operation";
import { type SendMessageInput, sendMessageInput } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { beginning, choice, command, somebody } from "./command";
import { SCRIPTS } from "./scripted-chat";
import { idsOf, type Story, the, type Use } from "./story";

const never = new AbortController().signal;
const someUse = ({ uses }: Pick<Story, "uses">) => uses.length > 0;

type Plan = Pick<Use, "actor" | "script" | "tier" | "price">;

function newUse(plan: Plan, send: (input: SendMessageInput) => Promise<unknown>): Use {
  const key = newId();
  const input = { content: `${plan.script} ${key}`, idempotencyKey: key, model: plan.tier };
  return {
    ...plan,
    ...idsOf(plan.actor, key),
    key,
    question: input.content,
    wasAnsweredElsewhere: false,
    wasStopped: false,
    send: (content) => send(sendMessageInput.parse({ ...input, content })),
    workers: [],
  };
}

/** Somebody asks something: `sendMessage` and the run behind it, as one worker. */
export const ask = fc
  .record({
    who: somebody,
    tier: fc.constantFrom("fast" as const, "fast" as const, "smart" as const),
    script: fc.oneof(
      { weight: 3, arbitrary: fc.constant("answered" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...SCRIPTS) },
    ),
    ...beginning,
  })
  .map((fields) =>
    command("ask", fields, async (story, scene) => {
      const { who, tier, script } = fields;
      const actor = story.person(who);
      const price = currentPrices().chat[tier];
      const use = newUse({ actor, script, tier, price }, (input) => sendMessage(actor, input, never));
      story.uses.push(use);
      use.workers.push(await scene.start("asks", () => use.send(use.question), fields));
    }),
  );

/** Something that may cost less than was held, as images do. */
export const askPart = fc
  .record({ who: somebody, amount: fc.integer({ min: 1, max: 3 }), cost: fc.nat({ max: 3 }), ...beginning })
  .map((fields) =>
    command("askPart", fields, async (story, scene) => {
      const { who, amount } = fields;
      const actor = story.person(who);
      const price = Math.min(amount, fields.cost);
      const plan = { actor, script: "answered" as const, tier: "fast" as const, price };
      const use = newUse(plan, (input) => deliverPart(actor, input, { amount, price }));
      story.uses.push(use);
      use.workers.push(await scene.start("makes", () => use.send(use.question), fields));
    }),
  );

/** The numbered steps of the ledger, as the services take them. */
async function deliverPart(
  actor: Actor,
  input: SendMessageInput,
  { amount, price }: { amount: number; price: number },
): Promise<void> {
  const { operation, isNew } = await openOperation({
    actor,
    idempotencyKey: input.idempotencyKey,
    kind: "chat",
    amount,
    request: { content: input.content },
    result: (op) => ({ conversationId: `c_${op}`, userMessageId: `u_${op}`, messageId: `m_${op}` }),
  });
  if (!isNew) return;
  await holdOperation(operation);
  const thread = { conversationId: undefined, parentId: undefined, questionId: undefined, turns: [] };
  await persistQuestion(operation, input, thread);
  const won = await completeOperation(operation, "HELD", { cost: price, outcome: "complete" });
  if (!won) throw new AppError("SERVICE_UNAVAILABLE");
  await publishAnswer(operation);
  await settleOperation(operation);
}

/** The same key once more, from another tab or after a lost answer; now and then for another question. */
export const askAgain = fc
  .record({ use: choice, words: fc.constantFrom("same", "same", "other"), ...beginning })
  .map((fields) =>
    command(
      "askAgain",
      fields,
      async ({ uses }, scene) => {
        const use = the(uses, fields.use);
        const question = fields.words === "same" ? use.question : `${use.question}, in other words`;
        use.workers.push(await scene.start("asks again", () => use.send(question), fields));
      },
      someUse,
    ),
  );

/** The same question was answered for somebody else meanwhile: from now on its answer is free. */
export const answerElsewhere = fc.record({ use: choice }).map((fields) =>
  command(
    "answerElsewhere",
    fields,
    async ({ uses }) => {
      const use = the(uses, fields.use);
      use.wasAnsweredElsewhere = true;
      const turns = [{ role: "user" as const, text: use.question }];
      const key = cacheKey({ tier: use.tier, system: SYSTEM_PROMPT, turns, userId: use.actor.user.id });
      await flyAlone(key, logger).land({ text: "Known", provider: "gemini", model: "any", sandbox: false });
    },
    someUse,
  ),
);

/** Its user has read enough. Too early or too late, there is nothing to stop. */
export const stop = fc.record({ use: choice }).map((fields) =>
  command(
    "stop",
    fields,
    async ({ uses }) => {
      const use = the(uses, fields.use);
      const { stopped } = await stopAnswer(use.actor, use.messageId).catch(() => ({ stopped: false }));
      use.wasStopped ||= stopped;
    },
    someUse,
  ),
);

const REPEATED = {
  publish: async (operation: OperationDoc) => {
    if (operation.state === "DONE") await publishAnswer(operation);
  },
  finish: async (operation: OperationDoc) => {
    if (operation.state === "NEW" || operation.state === "HELD") return;
    await (operation.state === "DONE" ? publishAnswer(operation) : markAnswerLost(operation));
    await settleOperation(operation);
  },
  drain: ({ userId }: OperationDoc) => drainOutbox(userId),
};

/** A step that somebody else took, or will take, is taken by one more. */
export const repeat = fc
  .record({
    use: choice,
    what: fc.constantFrom("publish" as const, "finish" as const, "drain" as const),
    ...beginning,
  })
  .map((fields) =>
    command(
      "repeat",
      fields,
      async ({ uses }, scene) => {
        const { operationId } = the(uses, fields.use);
        const again = async () => {
          const operation = await Operation.findById(operationId).lean();
          if (operation) await REPEATED[fields.what](operation);
        };
        await scene.start("repeats", again, fields);
      },
      someUse,
    ),
  );

/** An operator gives or takes; or does it again, with the same key. */
export const adjust = fc
  .record({
    who: fc.nat({ max: 2 }),
    amount: fc.constantFrom(-3, -2, -1, 1, 2, 3),
    again: fc.boolean(),
    ...beginning,
  })
  .map((fields) =>
    command("adjust", fields, async (story, scene) => {
      const { admin, adjustments } = story;
      const last = fields.again ? adjustments.at(-1) : undefined;
      const key = last?.key ?? newId();
      const entryId = `adjust_${shortHash(`${admin.user.id}:${key}`)}:ADJUST`;
      const fresh = { actor: story.person(fields.who), amount: fields.amount, key, entryId, workers: [] };
      const adjustment = last ?? fresh;
      if (!last) adjustments.push(adjustment);
      const { amount, actor } = adjustment;
      const input = { userId: actor.user.id, amount, reason: "For the model", idempotencyKey: key };
      adjustment.workers.push(await scene.start("adjusts", () => adjustCredits(admin, input), fields));
    }),
  );

/** Somebody new registers, or signs in once more: the account is made, once. */
export const register = fc.record({ ...beginning }).map((fields) =>
  command("register", fields, async ({ people }, scene) => {
    const { user, requestId } = the(people, people.length - 1);
    await scene.start("registers", () => openAccount(user.id, requestId), fields);
  }),
);
