import { type Failure, isDefinitive, toFailure } from "@/components/lib/failure";
import { newKey } from "@/components/lib/new-key";
import type { ChatEvent, ChatMessage, ChatTier } from "@/shared/chat";
import type { Balance } from "@/shared/common";
import { applyChatEvent, isLast } from "./apply-chat-event";
import { groupOf } from "./message-tree";
import { untilSilent } from "./until-silent";

/** What the reader wants said. `parent` is the message it follows on the branch they see. */
export interface Question {
  content: string;
  tier: ChatTier;
  expectedCost: number | undefined;
  parent?: ChatMessage | undefined;
  /** An answer to be given again. */
  regenerate?: ChatMessage | undefined;
  /** A question to be asked differently. */
  edit?: ChatMessage | undefined;
  /** Set for a repeat of a question that may have arrived: then it runs and costs only once. */
  idempotencyKey?: string | undefined;
}

export type Phase = "sending" | "writing" | "reconnecting";

/** A question that never began to be answered. */
export interface Refusal {
  failure: Failure;
  question: Question;
}

/** A conversation as this browser knows it beyond what the server's pages say. */
export interface ChatThread {
  conversationId: string | undefined;
  /** Messages newer or better known than the server's page has them. */
  messages: ReadonlyMap<string, ChatMessage>;
  /** The sibling to show, by group. */
  chosen: ReadonlyMap<string, string>;
  /** The answer under way. */
  run: { phase: Phase; answerId: string; stopping: boolean } | undefined;
  refused: Refusal | undefined;
}

/** What the threads need of the outside. */
export interface ChatPort {
  /** Aborting the signal ends the listening, not the answer. */
  send(
    input: {
      conversationId: string | undefined;
      content: string;
      model: ChatTier;
      idempotencyKey: string;
      skipCache: boolean;
      expectedCost: number | undefined;
      parentId: string | undefined;
      regenerateOf: string | undefined;
      editOf: string | undefined;
    },
    signal: AbortSignal,
  ): Promise<AsyncIterable<ChatEvent>>;
  follow(
    messageId: string,
    on: { event: (event: ChatEvent) => void; trouble: () => void; end: (error: unknown) => void },
  ): () => void;
  stop(messageId: string): Promise<unknown>;
  began(conversationId: string, isNew: boolean): void;
  ended(conversationId: string, balance: Balance | undefined): void;
}

/** Nothing said yet. */
export const EMPTY_THREAD: ChatThread = {
  conversationId: undefined,
  messages: new Map(),
  chosen: new Map(),
  run: undefined,
  refused: undefined,
};
const PENDING_QUESTION = "pending-question";
const PENDING_ANSWER = "pending-answer";
const BLINK_MS = 32;
/** The server says something sooner: a provider has 30 s for its first word, and 15 s between two. */
const SILENCE_MS = 40_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

/**
 * The conversations this browser is in. It outlives the pages: an answer is followed to its end while the reader looks
 * at something else, and only `stop` ends it.
 */
export class ChatThreads {
  private readonly threads = new Map<string, ChatThread>();
  private readonly frames = new Map<string, ChatThread>();
  private readonly keys = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private fresh = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly port: ChatPort) {}

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** The key of a conversation's thread; without an id, that of the conversation about to be begun. */
  keyOf = (conversationId: string | undefined): string => {
    if (conversationId === undefined) return `new-${this.fresh}`;
    return this.keys.get(conversationId) ?? conversationId;
  };

  /** The reader is where a conversation is begun: if the last one has begun, with a new sheet. */
  openNew() {
    if (this.thread(this.keyOf(undefined)).conversationId === undefined) return;
    this.fresh++;
    this.announce();
  }

  thread = (key: string): ChatThread => this.threads.get(key) ?? EMPTY_THREAD;

  /** The thread as it was when anything but the text of its answer changed last: for whoever shows all but that text. */
  frame = (key: string): ChatThread => this.frames.get(key) ?? EMPTY_THREAD;

  /** Shows another sibling. */
  choose(key: string, group: string, messageId: string) {
    const { chosen } = this.thread(key);
    this.update(key, { chosen: new Map(chosen).set(group, messageId) });
  }

  forgetRefusal(key: string) {
    this.update(key, { refused: undefined });
  }

  /** Sends a question and follows its answer. While one is under way in this thread, another is not sent. */
  async send(key: string, conversationId: string | undefined, question: Question): Promise<void> {
    if (this.thread(key).run) return;
    const idempotencyKey = question.idempotencyKey ?? newKey();
    this.showPending(key, conversationId, question);

    let begun: string | undefined;
    let ended = false;
    const line = new AbortController();
    try {
      const input = {
        conversationId,
        content: question.content,
        model: question.tier,
        idempotencyKey,
        skipCache: question.regenerate !== undefined,
        expectedCost: question.expectedCost,
        parentId: question.regenerate || question.edit ? undefined : question.parent?.id,
        regenerateOf: question.regenerate?.id,
        editOf: question.edit?.id,
      };
      const events = await this.port.send(input, line.signal);
      for await (const event of untilSilent(events, SILENCE_MS)) {
        if (event.type === "start") {
          begun = event.messageId;
          this.begin(key, event, conversationId === undefined);
        } else {
          this.receive(key, event);
        }
        ended ||= isLast(event);
      }
    } catch (error) {
      if (begun === undefined) {
        const failure = toFailure(error);
        const again = { ...question, idempotencyKey: isDefinitive(failure) ? undefined : idempotencyKey };
        return this.refuse(key, failure, again);
      }
    } finally {
      line.abort();
    }
    if (begun === undefined) return this.refuse(key, toFailure(undefined), { ...question, idempotencyKey });
    if (!ended) this.follow(key, begun);
  }

  /** Follows an answer that is being written already: after a reload, or when its stream broke. */
  follow(key: string, answerId: string, known?: ChatMessage, attempt = 0) {
    const thread = this.thread(key);
    if (known) {
      if (thread.run) return;
      const messages = new Map(thread.messages).set(answerId, known);
      this.update(key, { conversationId: known.conversationId, messages });
    }
    const phase = known ? "writing" : "reconnecting";
    this.update(key, { run: { phase, answerId, stopping: this.thread(key).run?.stopping ?? false } });

    let heard = false;
    let ended = false;
    const again = () => {
      const wait = RETRY_MS[Math.min(heard ? 0 : attempt, RETRY_MS.length - 1)];
      setTimeout(() => {
        if (this.thread(key).run?.answerId === answerId) this.follow(key, answerId, undefined, heard ? 1 : attempt + 1);
      }, wait);
    };
    const leave = this.port.follow(answerId, {
      event: (event) => {
        heard = true;
        this.receive(key, event);
        if (!isLast(event)) return;
        ended = true;
        queueMicrotask(() => leave());
      },
      trouble: () => this.setPhase(key, "reconnecting"),
      end: (error) => {
        if (ended) return;
        ended = true;
        const failure = error === undefined ? undefined : toFailure(error);
        if (failure && ["NOT_FOUND", "UNAUTHENTICATED", "FORBIDDEN"].includes(failure.code)) {
          this.receive(key, {
            type: "error",
            code: failure.code,
            message: failure.message,
            requestId: failure.requestId ?? "",
            partial: true,
          });
        } else {
          this.setPhase(key, "reconnecting");
          again();
        }
      },
    });
  }

  /** Stops the answer under way; before it has begun, as soon as it does. */
  async stop(key: string): Promise<void> {
    const { run } = this.thread(key);
    if (!run || run.stopping) return;
    this.update(key, { run: { ...run, stopping: true } });
    if (run.answerId === PENDING_ANSWER) return;
    try {
      await this.port.stop(run.answerId);
    } catch {
      const still = this.thread(key).run;
      if (still) this.update(key, { run: { ...still, stopping: false } });
    }
  }

  private showPending(key: string, conversationId: string | undefined, question: Question) {
    const { messages, chosen } = this.thread(key);
    const now = Date.now();
    const shared = { conversationId: conversationId ?? "", tier: question.tier, requestId: "" };
    const next = new Map(messages);
    const choices = new Map(chosen);
    const parentId = question.edit ? question.edit.parentId : question.parent?.id;
    if (!question.regenerate) {
      choices.delete(groupOf({ parentId }));
      next.set(PENDING_QUESTION, {
        ...shared,
        id: PENDING_QUESTION,
        parentId,
        role: "user",
        content: question.content,
        status: "complete",
        createdAt: new Date(now),
      });
    }
    const answered = question.regenerate?.parentId ?? PENDING_QUESTION;
    choices.delete(answered);
    next.set(PENDING_ANSWER, {
      ...shared,
      id: PENDING_ANSWER,
      parentId: answered,
      role: "assistant",
      content: "",
      status: "streaming",
      createdAt: new Date(now + 1),
    });
    this.update(key, {
      conversationId,
      messages: next,
      chosen: choices,
      refused: undefined,
      run: { phase: "sending", answerId: PENDING_ANSWER, stopping: false },
    });
  }

  /** The server has taken the question: what was pending gets its name. */
  private begin(key: string, event: Extract<ChatEvent, { type: "start" }>, isNew: boolean) {
    const { messages, run } = this.thread(key);
    const next = new Map(messages);
    const question = next.get(PENDING_QUESTION);
    const answer = next.get(PENDING_ANSWER);
    next.delete(PENDING_QUESTION);
    next.delete(PENDING_ANSWER);
    const { conversationId, userMessageId, requestId } = event;
    if (question) next.set(userMessageId, { ...question, id: userMessageId, conversationId, requestId });
    if (answer) next.set(event.messageId, { ...applyChatEvent(answer, event), parentId: userMessageId });
    const stopping = run?.stopping ?? false;
    if (isNew) this.keys.set(conversationId, key);
    this.update(key, {
      conversationId,
      messages: next,
      run: { phase: "writing", answerId: event.messageId, stopping: false },
    });
    this.port.began(conversationId, isNew);
    if (stopping) void this.stop(key);
  }

  private receive(key: string, event: ChatEvent) {
    const { messages, run, conversationId } = this.thread(key);
    if (!run) return;
    const answer = messages.get(run.answerId);
    if (!answer) return;
    const next = new Map(messages).set(run.answerId, applyChatEvent(answer, event));
    const last = isLast(event);
    const onlyText = (event.type === "delta" || event.type === "snapshot") && run.phase === "writing";
    if (onlyText) this.update(key, { messages: next }, true);
    else this.update(key, { messages: next, run: last ? undefined : { ...run, phase: "writing" } });
    if (last) {
      this.port.ended(conversationId ?? answer.conversationId, event.type === "done" ? event.balance : undefined);
    }
  }

  private refuse(key: string, failure: Failure, question: Question) {
    const messages = new Map(this.thread(key).messages);
    messages.delete(PENDING_QUESTION);
    messages.delete(PENDING_ANSWER);
    this.update(key, { messages, run: undefined, refused: { failure, question } });
  }

  private setPhase(key: string, phase: Phase) {
    const { run } = this.thread(key);
    if (run && run.phase !== phase) this.update(key, { run: { ...run, phase } });
  }

  /** `onlyText`: the reader is told within a blink, so that a quick succession of small pieces is drawn as one. */
  private update(key: string, change: Partial<ChatThread>, onlyText = false) {
    const thread = { ...this.thread(key), ...change };
    this.threads.set(key, thread);
    if (onlyText) {
      this.timer ??= setTimeout(this.announce, BLINK_MS);
      return;
    }
    this.frames.set(key, thread);
    this.announce();
  }

  private readonly announce = () => {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const listener of this.listeners) listener();
  };
}
