import { isDatabaseReady } from "@/server/db/connect";
import { isDraining } from "@/server/services/runs/draining";
import { isSandboxReady } from "@/server/services/status/sandbox-status";

/** 200 only when requests can be served: database and indexes, the sandbox where it is used, and not on the way out. */
export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const [database, sandbox] = await Promise.all([isDatabaseReady(), isSandboxReady()]);
  const checks = { database, sandbox, draining: isDraining() };
  const ready = database && sandbox && !checks.draining;
  return Response.json({ ready, ...checks }, { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } });
}
