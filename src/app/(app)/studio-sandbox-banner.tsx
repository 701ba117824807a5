import { cookies } from "next/headers";
import { CLOSED_SANDBOX_COOKIE } from "@/features/status/closed-sandbox";
import { SandboxBanner } from "@/features/status/components/sandbox-banner";
import { sandboxInWords } from "@/features/status/sandbox-words";
import { api } from "@/trpc/server";

/** Which parts of this server are played by the sandbox: drawn with the page, so that nothing jumps. */
export async function StudioSandboxBanner() {
  const [{ sandbox }, jar] = await Promise.all([api().then((caller) => caller.status.mode()), cookies()]);
  const sentence = sandboxInWords(sandbox);
  if (sentence === undefined) return null;
  return <SandboxBanner sentence={sentence} initiallyClosed={jar.has(CLOSED_SANDBOX_COOKIE)} />;
}
