import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "@/env";
import { requestIdFrom } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { closeSession, openSession } from "@/server/services/account/open-session";
import { signInWithPassword } from "@/server/services/account/sign-in-with-password";
import { signInInput } from "@/shared/account";
import { toAppError } from "@/shared/errors";
import { clientAddress } from "./client-address";
import { sessionToken } from "./session";

const DAY_S = 86_400;

/** Sign-in by password, sessions as signed cookies. What a session may do is decided anew on each request (session.ts). */
export const nextAuthOptions: NextAuthOptions = {
  secret: env.NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: 30 * DAY_S },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    CredentialsProvider({
      name: "E-mail",
      credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
      async authorize(credentials, request) {
        const input = signInInput.safeParse(credentials);
        if (!input.success) return null;
        const headers = new Headers();
        for (const [name, value] of Object.entries(request.headers ?? {})) headers.set(name, String(value));
        const requestId = requestIdFrom(headers.get("x-request-id"));
        const log = logger.child({ requestId });
        try {
          const user = await signInWithPassword({ ...input.data, address: clientAddress(headers), requestId });
          if (!user) return null;
          const { id: userId, sessionVersion } = user;
          const userAgent = headers.get("user-agent") ?? "";
          return { ...user, sessionId: await openSession({ userId, sessionVersion, userAgent }) };
        } catch (error) {
          const { code } = toAppError(error);
          log.warn({ err: error, code }, "sign-in failed");
          // next-auth hands the message to the page as the reason.
          throw new Error(code);
        }
      },
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      return user ? { sub: user.id, sessionVersion: user.sessionVersion, sessionId: user.sessionId } : token;
    },
  },
  events: {
    async signOut({ token }) {
      const session = sessionToken.safeParse(token);
      if (session.data?.sessionId) await closeSession(session.data.sessionId);
    },
  },
};
