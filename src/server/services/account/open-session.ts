import { Session } from "@models";
import { newId } from "@/server/lib/ids";

const USER_AGENT_MAX = 300;

interface NewSession {
  userId: string;
  sessionVersion: number;
  userAgent: string;
}

/** Writes down that somebody signed in, and with which browser. @returns the session's id, for its cookie. */
export async function openSession({ userId, sessionVersion, userAgent }: NewSession): Promise<string> {
  const _id = newId();
  const now = new Date();
  const session = { _id, userId, sessionVersion, userAgent: userAgent.slice(0, USER_AGENT_MAX) };
  await Session.insertOne({ ...session, createdAt: now, lastSeenAt: now });
  return _id;
}

/** Forgets a session that its owner ended. */
export async function closeSession(sessionId: string): Promise<void> {
  await Session.deleteOne({ _id: sessionId });
}
