import type { ChatMessage } from "@/shared/chat";

/** One message on the branch that is shown, among its siblings: other edits of it, other answers to the same. */
export interface Turn {
  message: ChatMessage;
  siblings: ChatMessage[];
  /** Under what its siblings are grouped: the message they all follow. */
  group: string;
}

const ROOT = "root";
export const groupOf = (message: Pick<ChatMessage, "parentId">) => message.parentId ?? ROOT;

function groupByParent(messages: ChatMessage[]): Map<string, ChatMessage[]> {
  const groups = new Map<string, ChatMessage[]>();
  for (const message of messages) {
    const group = groups.get(groupOf(message));
    if (group) group.push(message);
    else groups.set(groupOf(message), [message]);
  }
  return groups;
}

/** Attempts that came to nothing are not worth leafing through once there is another. */
function worthShowing(siblings: ChatMessage[]): ChatMessage[] {
  const worth = siblings.filter((message) => message.status !== "failed" || message.content !== "");
  return worth.length > 0 ? worth : siblings.slice(-1);
}

/** The group at the top: that of the oldest known ancestor of the newest message. */
function topGroup(messages: ChatMessage[]): string | undefined {
  const byId = new Map(messages.map((message) => [message.id, message]));
  let top = messages.at(-1);
  for (let above = top; above; above = byId.get(above.parentId ?? "")) top = above;
  return top && groupOf(top);
}

/**
 * The branch to show, from top to bottom: at each fork the chosen message, else the newest. `messages` oldest first;
 * those before a page's beginning may be missing.
 */
export function shownBranch(messages: ChatMessage[], chosen: ReadonlyMap<string, string>): Turn[] {
  const groups = groupByParent(messages);
  const turns: Turn[] = [];
  let group = topGroup(messages);
  while (group !== undefined) {
    const siblings = worthShowing(groups.get(group) ?? []);
    groups.delete(group);
    const wanted = chosen.get(group);
    const message = siblings.find(({ id }) => id === wanted) ?? siblings.at(-1);
    if (!message) break;
    turns.push({ message, siblings, group });
    group = message.id;
  }
  return turns;
}

/** Two lists as one, oldest first; of a message that stands in both, the one in `newer` counts. */
export function mergeMessages(older: ChatMessage[], newer: Iterable<ChatMessage>): ChatMessage[] {
  const byId = new Map(older.map((message) => [message.id, message]));
  for (const message of newer) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}
