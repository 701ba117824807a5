import type { SetUp } from "./set-up";
import { fresh, live } from "./ward";

/** Variables that are wrong by themselves. */
export const VARIABLE_SET_UPS: SetUp[] = [
  {
    name: "a misspelt variable",
    set: () => ({ ...fresh(), GEMNI_API_KEY: "a key" }),
    finds: "env.unknown",
    about: "GEMNI_API_KEY",
    fix: "Rename GEMNI_API_KEY to GEMINI_API_KEY",
  },
  {
    name: "a variable by the name other software gives it",
    set: () => ({ ...fresh(), REPLICATE_API_KEY: "a key" }),
    finds: "env.unknown",
    about: "REPLICATE_API_KEY",
    fix: "REPLICATE_API_TOKEN",
  },
  {
    name: "half of a pair of keys",
    set: () => ({ ...fresh(), UPSTASH_REDIS_REST_URL: "https://name.upstash.io" }),
    finds: "env.half",
    about: "UPSTASH_REDIS_REST_TOKEN",
    fix: "Set UPSTASH_REDIS_REST_TOKEN",
  },
  {
    name: "a webhook's id without keys",
    set: () => ({ ...fresh(), PAYPAL_WEBHOOK_ID: "WH-7" }),
    finds: "env.idle",
    about: "PAYPAL_WEBHOOK_ID",
    fix: "PAYPAL_CLIENT_ID",
  },
  {
    name: "a secret that can be guessed",
    set: () => ({ ...fresh(), NEXTAUTH_SECRET: "change-me-change-me-change-me-change-me" }),
    finds: "env.weak-secret",
    about: "NEXTAUTH_SECRET",
    fix: "openssl rand -base64 32",
  },
  {
    name: "a heartbeat slower than the lease it renews",
    set: () => ({ ...fresh(), LEASE_HEARTBEAT_MS: "90000" }),
    finds: "env.order",
    about: "LEASE_HEARTBEAT_MS",
    fix: "LEASE_MS",
  },
  {
    name: "a log without the lines that tell a request's story",
    set: () => ({ ...fresh(), LOG_LEVEL: "error" }),
    finds: "env.quiet-log",
    about: "LOG_LEVEL",
    fix: "LOG_LEVEL",
  },
  {
    name: "limits that limit nobody",
    set: () => ({ ...fresh(), LIMIT_SCALE: "1000" }),
    finds: "env.loose-limits",
    about: "LIMIT_SCALE",
    fix: "LIMIT_SCALE",
  },
  {
    name: "an address with the port of another server",
    set: () => ({ ...fresh(), PORT: "4000" }),
    finds: "address.port",
    about: "NEXTAUTH_URL",
    fix: "http://localhost:4000",
  },
  {
    name: "people who come without TLS",
    set: () => ({ ...fresh(), NEXTAUTH_URL: "http://inkwell.example.org" }),
    finds: "address.insecure",
    about: "NEXTAUTH_URL",
    fix: "https://inkwell.example.org",
  },
  {
    name: "an address where nobody is",
    running: true,
    finds: "address.unreachable",
    about: "NEXTAUTH_URL",
    fix: "NEXTAUTH_URL",
  },
  {
    name: "play money beside real keys",
    set: () => ({ ...live(), PAYPAL_ENVIRONMENT: "sandbox" }),
    finds: "paypal.play-money",
    about: "PAYPAL_ENVIRONMENT",
    fix: "Set PAYPAL_ENVIRONMENT to live",
  },
];
