import type { UserDoc } from "@models";
import type { Books } from "./books";
import { after, SECOND_MS } from "./past";
import type { Habit } from "./people";
import type { Topic } from "./topics";

/** Somebody in the middle of their made-up life. */
export interface Person {
  user: UserDoc;
  habit: Habit;
  books: Books;
  /** The conversation they are in. */
  thread?: { conversationId: string; topic: Topic; turn: number; lastMessageId: string };
  /** Until when they are a subscriber, as far as it is paid for. */
  paidUntil?: Date;
  /** What will happen to them by itself: refunds, renewals. */
  due: { at: Date; happen: (at: Date) => void }[];
  /** When the last thing happened. */
  clock: Date;
  /** They do not come back. */
  gone: boolean;
}

/** The moment of the next thing: when it was meant to be, but after the last one. */
export function momentFor(person: Person, wanted: Date): Date {
  const earliest = after(person.clock, 20 * SECOND_MS);
  person.clock = wanted > earliest ? wanted : earliest;
  return person.clock;
}

/** Lets happen what is due up to a moment, in order. */
export function catchUp(person: Person, until: Date): void {
  for (;;) {
    person.due.sort((one, other) => one.at.getTime() - other.at.getTime());
    const [next] = person.due;
    if (!next || next.at > until) return;
    person.due.shift();
    next.happen(momentFor(person, next.at));
  }
}

export const isSubscriber = ({ paidUntil }: Person, at: Date) => paidUntil !== undefined && paidUntil > at;
