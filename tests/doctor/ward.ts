import { createServer, type Server } from "node:http";
import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { vi } from "vitest";
import type { Finding } from "@/shared/operations";
import type { Sandbox } from "../../src/sandbox";
import { REPLICATE_WEBHOOK_SECRET } from "../../src/sandbox/replicate-webhooks";
import { sandbox } from "../studio";

export type Variables = Record<string, string | undefined>;

/** A set-up as `npm run up` makes it on a machine with nothing set. */
export const fresh = (): Variables => ({
  NEXTAUTH_URL: "http://localhost:3999",
  PORT: "3999",
  NEXTAUTH_SECRET: "dGhpcyBpcyBub3Qgb25lIGFueWJvZHkgZ3Vlc3Nlcw",
  SANDBOX_URL: sandbox().url,
  MONGODB_URI: process.env.MONGODB_URI,
  LOG_LEVEL: "info",
  LIMIT_SCALE: "1",
});

/** A set-up in which everything is real, on a public address. */
export const live = (): Variables => ({
  ...fresh(),
  SANDBOX_URL: undefined,
  NEXTAUTH_URL: "https://inkwell.example.org",
  GEMINI_API_KEY: "a-gemini-key",
  OPENAI_API_KEY: "an-openai-key",
  REPLICATE_API_TOKEN: "a-replicate-token",
  REPLICATE_WEBHOOK_SECRET: REPLICATE_WEBHOOK_SECRET,
  CLOUDINARY_URL: `cloudinary://key:sandbox@cloud?upload_prefix=${encodeURIComponent(`${sandbox().url}/cloudinary`)}`,
  PAYPAL_CLIENT_ID: "a-paypal-client",
  PAYPAL_CLIENT_SECRET: "a-paypal-secret",
  PAYPAL_WEBHOOK_ID: "WH-7",
  PAYPAL_PLAN_ID: "P-MONTHLY",
});

export const WEBHOOK_URL = "https://inkwell.example.org/api/webhooks/paypal";

const PARTS = [
  "chat-providers",
  "image-provider",
  "image-store",
  "payment-provider",
  "redis",
  "rate-limiter",
  "settings",
  "plan",
];
const before = { ...process.env };

/** The services as they are after a restart with nothing but these settings. */
export async function restartedWith(settings: Variables) {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  process.env.LOG_LEVEL = "silent";
  vi.resetModules();
  for (const name of PARTS) Reflect.deleteProperty(globalThis, Symbol.for(`inkwell.${name}`));
  const { examine } = await import("@/server/services/doctor/examine");
  const { redisInUse } = await import("@/server/providers/configured");
  return { examine, redisInUse };
}

/** What the doctor finds there, whatever is only worth knowing left out. */
export async function findingsOf(settings: Variables, { running = false, checkMs = 8_000 } = {}): Promise<Finding[]> {
  const { examine, redisInUse } = await restartedWith(settings);
  try {
    const { findings } = await examine({ environment: settings, running }, { checkMs });
    // How quick anything is here depends on what else this machine is doing.
    return findings.filter(({ id, level }) => level !== "info" && !id.endsWith(".slow"));
  } finally {
    await redisInUse()?.close();
  }
}

const HOSTS: Record<string, string> = {
  "https://generativelanguage.googleapis.com": "/gemini",
  "https://api.openai.com": "/openai",
  "https://api.replicate.com": "/replicate",
  "https://api-m.paypal.com": "/paypal",
};

/**
 * Leads what is meant for the providers' own addresses to the sandbox, as a network could, until the returned function
 * is called.
 */
export function rerouteProviders({ url }: Sandbox): () => void {
  const straight = getGlobalDispatcher();
  setGlobalDispatcher(
    straight.compose((dispatch) => (options, handler) => {
      const prefix = HOSTS[String(options.origin)];
      const rerouted = { ...options, origin: url, path: `${prefix}${options.path}` };
      return dispatch(prefix === undefined ? options : rerouted, handler);
    }),
  );
  return () => setGlobalDispatcher(straight);
}

/** Somebody else's web server; resolves to its address. */
export async function stranger(): Promise<{ url: string; server: Server }> {
  const server = createServer((_req, res) => res.end("<html>Welcome</html>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://localhost:${address.port}`, server };
}
