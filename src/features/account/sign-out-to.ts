import { signOut } from "next-auth/react";

/** Signs out and opens `path`, on whatever address the reader came by. */
export async function signOutTo(path: string): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign(path);
}
