/** Signs out and opens `path`, on whatever address the reader came by. */
export async function signOutTo(path: string): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  window.location.assign(path);
}
