import "next-auth";

declare module "next-auth" {
  interface User {
    id: string;
    /** Ties the cookie to the account's current generation of sessions. */
    sessionVersion: number;
    /** The session that was written down for this sign-in. */
    sessionId: string;
  }
}
