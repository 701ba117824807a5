import { expect, test } from "vitest";
import { replicateWebhookUrl } from "./replicate-webhook-url";

const REPLICATE_WEBHOOK_SECRET = "whsec_c2VjcmV0LW9mLXRoZS10ZXN0";

test.each([
  ["https://inkwell.example.org", "https://inkwell.example.org/api/webhooks/replicate"],
  ["https://inkwell.example.org/", "https://inkwell.example.org/api/webhooks/replicate"],
  ["https://inkwell.example.org:8443", "https://inkwell.example.org:8443/api/webhooks/replicate"],
  ["https://localhost.example.org", "https://localhost.example.org/api/webhooks/replicate"],
  ["http://inkwell.example.org", undefined],
  ["http://localhost:3000", undefined],
  ["https://localhost", undefined],
  ["https://inkwell.localhost:3000", undefined],
  ["https://127.0.0.1", undefined],
  ["https://127.1", undefined],
  ["https://0.0.0.0", undefined],
  ["https://[::1]:3000", undefined],
])("%s is told at %s", (NEXTAUTH_URL, expected) => {
  expect(replicateWebhookUrl({ NEXTAUTH_URL, REPLICATE_WEBHOOK_SECRET })).toBe(expected);
  expect(replicateWebhookUrl({ NEXTAUTH_URL, REPLICATE_WEBHOOK_SECRET: undefined })).toBeUndefined();
});
