import { clientAddress } from "@/server/auth/client-address";
import { type Caller, lastCaller, readSession, type SessionUser } from "@/server/auth/session";
import { requestIdFrom } from "@/server/lib/ids";
import { type Logger, logger } from "@/server/lib/logger";

export interface Context {
  requestId: string;
  log: Logger;
  /** The caller's network address. */
  address: string;
  /** Whose request it turned out to be, once a procedure has asked. */
  caller: { userId?: string };
  /** Whose request it is; read once, and only when a procedure asks. */
  session: () => Promise<SessionUser | null>;
  /** Whose it was the last time: for what may begin before that is known. */
  lastCaller: () => Caller | undefined;
}

/** What every procedure of one HTTP request shares. */
export function createContext(headers: Headers): Context {
  const requestId = requestIdFrom(headers.get("x-request-id"));
  const caller: Context["caller"] = {};
  let session: Promise<SessionUser | null> | undefined;
  const read = async () => {
    const user = await readSession(headers);
    caller.userId = user?.id;
    return user;
  };
  return {
    requestId,
    log: logger.child({ requestId }),
    address: clientAddress(headers),
    caller,
    lastCaller: () => lastCaller(headers),
    session: () => {
      session ??= read();
      return session;
    },
  };
}
