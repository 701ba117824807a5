import { User } from "@models";
import { LRUCache } from "lru-cache";
import { NextRequest } from "next/server";
import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/env";
import { connectDatabase } from "@/server/db/connect";
import { processState } from "@/server/lib/process-state";
import { noteActivity } from "@/server/services/account/note-activity";
import type { Role } from "@/shared/entitlements";

export interface SessionUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  status: "active" | "suspended";
}

/** What a session's cookie says. */
export const sessionToken = z.object({
  sub: z.string(),
  sessionVersion: z.number(),
  sessionId: z.string().optional(),
});

/** The same, with the cookie's end in seconds since the epoch. */
const datedToken = sessionToken.extend({ exp: z.number() });
type DatedToken = z.infer<typeof datedToken>;

const KNOWN_MAX = 5_000;
const knownTokens = () => processState("session-tokens", () => new LRUCache<string, DatedToken>({ max: KNOWN_MAX }));

/**
 * Whose session the cookie is, read from the database each time: a demotion, a suspension or a new password holds on
 * the very next request. Null without a valid session.
 */
export async function readSession(headers: Headers): Promise<SessionUser | null> {
  const token = await readToken(headers);
  if (!token) return null;
  await connectDatabase();
  const { sub, sessionVersion, sessionId } = token;
  const user = await User.findOne({ _id: sub, sessionVersion }, { email: 1, name: 1, role: 1, status: 1 }).lean();
  if (!user) return null;
  const { _id: id, email, name, role, status } = user;
  if (status === "active") noteActivity(id, sessionId);
  return { id, email, name, role, status };
}

/** What the cookie says, if it is one of ours and not over. Decrypting takes longer than the rest of a request's way in. */
async function readToken(headers: Headers): Promise<DatedToken | undefined> {
  const cookie = headers.get("cookie");
  if (!cookie) return undefined;
  const known = knownTokens().get(cookie);
  if (known && known.exp * 1_000 > Date.now()) return known;
  const req = new NextRequest(env.NEXTAUTH_URL, { headers });
  const token = datedToken.safeParse(await getToken({ req, secret: env.NEXTAUTH_SECRET }));
  if (!token.success) return undefined;
  knownTokens().set(cookie, token.data);
  return token.data;
}
