interface Sandbox {
  chat: boolean;
  images: boolean;
  storage: boolean;
  payments: boolean;
}

/** Which parts of a server are played by the sandbox, in one sentence; undefined when none is. */
export function sandboxInWords({ chat, images, storage, payments }: Sandbox): string | undefined {
  const made = [chat ? "answers" : "", images ? "images" : ""].filter(Boolean).join(" and ");
  const parts = made ? [`${made} are made up on this server`] : [];
  if (!made && storage) parts.push("images are kept on this server only");
  if (payments) parts.push("no real money moves");
  return parts.length > 0 ? parts.join(", and ") : undefined;
}
