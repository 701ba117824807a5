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

/** Who was found to have a cookie when it was last looked up. It may have been taken from them since. */
export type Caller = Pick<SessionUser, "id" | "role">;

interface KnownCookie {
  token: DatedToken;
  caller?: Caller;
}

const KNOWN_MAX = 5_000;
const knownCookies = () => processState("session-cookies", () => new LRUCache<string, KnownCookie>({ max: KNOWN_MAX }));

/**
 * Whose session the cookie is, read from the database each time: a demotion, a suspension or a new password holds on
 * the very next request. Null without a valid session.
 */
export async function readSession(headers: Headers): Promise<SessionUser | null> {
  const known = await readCookie(headers);
  if (!known) return null;
  await connectDatabase();
  const { sub, sessionVersion, sessionId } = known.token;
  const user = await User.native().findOne(
    { _id: sub, sessionVersion },
    { projection: { email: 1, name: 1, role: 1, status: 1 } },
  );
  known.caller = user?.status === "active" ? { id: sub, role: user.role } : undefined;
  if (!user) return null;
  const { _id: id, email, name, role, status } = user;
  if (status === "active") noteActivity(id, sessionId);
  return { id, email, name, role, status };
}

/**
 * Who called with this cookie the last time, as this process remembers it; undefined when they were refused then. For
 * work that may begin while the session is read, and nothing else.
 */
export function lastCaller(headers: Headers): Caller | undefined {
  const known = knownCookies().get(headers.get("cookie") ?? "");
  return known && isGood(known) ? known.caller : undefined;
}

const isGood = ({ token }: KnownCookie): boolean => token.exp * 1_000 > Date.now();

/** What the cookie says, if it is one of ours and not over. Decrypting takes longer than the rest of a request's way in. */
async function readCookie(headers: Headers): Promise<KnownCookie | undefined> {
  const cookie = headers.get("cookie");
  if (!cookie) return undefined;
  const known = knownCookies().get(cookie);
  if (known && isGood(known)) return known;
  const req = new NextRequest(env.NEXTAUTH_URL, { headers });
  const token = datedToken.safeParse(await getToken({ req, secret: env.NEXTAUTH_SECRET }));
  if (!token.success) return undefined;
  const found: KnownCookie = { token: token.data };
  knownCookies().set(cookie, found);
  return found;
}
