import { User } from "@models";
import { NextRequest } from "next/server";
import { getToken } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/env";
import { connectDatabase } from "@/server/db/connect";
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

/**
 * Whose session the cookie is, read from the database each time: a demotion, a suspension or a new password holds on
 * the very next request. Null without a valid session.
 */
export async function readSession(headers: Headers): Promise<SessionUser | null> {
  if (!headers.get("cookie")) return null;
  const req = new NextRequest(env.NEXTAUTH_URL, { headers });
  const token = sessionToken.safeParse(await getToken({ req, secret: env.NEXTAUTH_SECRET }));
  if (!token.success) return null;
  await connectDatabase();
  const { sub, sessionVersion, sessionId } = token.data;
  const user = await User.findOne({ _id: sub, sessionVersion }, { email: 1, name: 1, role: 1, status: 1 }).lean();
  if (!user) return null;
  const { _id: id, email, name, role, status } = user;
  if (status === "active") noteActivity(id, sessionId);
  return { id, email, name, role, status };
}
