import { expect, test } from "vitest";
import { GET as ready } from "@/app/api/health/ready/route";
import { GET, POST } from "@/app/api/trpc/[trpc]/route";
import { POST as replicateWebhook } from "@/app/api/webhooks/replicate/route";
import { sandbox } from "./studio";

const address = "http://localhost:3000/api/trpc";

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  POST(
    new Request(`${address}/${path}`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...headers },
      // A body that is a stream has no length in its headers.
      ...(body instanceof ReadableStream && { duplex: "half" }),
    }),
  );

/** What a refused call says, wherever in the reply it stands. */
async function errorOf(response: Response) {
  const [reply] = [await response.json()].flat();
  return { message: reply.error.json.message, ...reply.error.json.data };
}

test("every reply carries the request's id: the caller's when it is a safe token, else a new one", async () => {
  const given = await GET(new Request(`${address}/status.mode`, { headers: { "x-request-id": "from-the-proxy-1" } }));
  expect(given.headers.get("x-request-id")).toBe("from-the-proxy-1");
  const forged = await GET(new Request(`${address}/status.mode`, { headers: { "x-request-id": "<script>" } }));
  expect(forged.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9]{16}$/);
  expect(forged.headers.get("cache-control")).toContain("no-transform");
});

test("a refusal names code, field and request, and tells nothing of the inside", async () => {
  const body = JSON.stringify({ json: { email: "nobody", password: "long enough" } });
  const response = await post("account.register", body, { "x-request-id": "my-request-1" });
  expect(response.status).toBe(400);
  const error = await errorOf(response);
  expect(error).toMatchObject({ appCode: "VALIDATION", requestId: "my-request-1", httpStatus: 400 });
  expect(error.message).toMatch(/^email: /);
  expect(Object.keys(error.fieldErrors)).toEqual(["email"]);
  expect(error).not.toHaveProperty("stack");
});

test.each([
  ["broken JSON", '{"json":', {}],
  ["no JSON", "<xml/>", { "content-type": "text/xml" }],
  ["an array", "[1,2,3]", {}],
  ["null", "null", {}],
  ["a form", "email=a@example.org", { "content-type": "application/x-www-form-urlencoded" }],
])("%s is refused as the caller's mistake", async (_, body, headers) => {
  const response = await post("account.register", body, { ...headers, "x-request-id": "my-request-2" });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(await errorOf(response)).toMatchObject({ appCode: "VALIDATION", requestId: "my-request-2" });
});

test("20 MB are refused within a second, whether or not the caller admits to them", async () => {
  const startedAt = performance.now();
  const admitted = await post("account.register", "x", { "content-length": "20000000" });
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 65_536;
      if (sent > 20_000_000) return controller.close();
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const counted = await post("account.register", endless);
  expect([admitted.status, counted.status]).toEqual([413, 413]);
  expect(await errorOf(counted)).toMatchObject({ appCode: "VALIDATION", fieldErrors: { body: [expect.any(String)] } });
  expect(sent).toBeLessThan(2_000_000);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test("an unknown procedure is NOT_FOUND; a query is not a mutation; a batch holds ten", async () => {
  const unknown = await GET(new Request(`${address}/admin.everything`));
  expect(unknown.status).toBe(404);
  expect(await errorOf(unknown)).toMatchObject({ appCode: "NOT_FOUND" });
  const wrongMethod = await GET(new Request(`${address}/account.register?input=${encodeURIComponent('{"json":{}}')}`));
  expect(wrongMethod.status).toBe(405);
  const eleven = Array(11).fill("status.mode").join(",");
  const tooMany = await GET(new Request(`${address}/${eleven}?batch=1&input=%7B%7D`));
  expect(tooMany.status).toBe(400);
});

test("without a signing secret nothing is believed that claims to be Replicate's", async () => {
  const { headers, body } = sandbox().replicate.sign({ body: '{"id":"abc"}' });
  const tell = (fields: RequestInit) =>
    replicateWebhook(new Request("http://localhost:3000/api/webhooks/replicate", { method: "POST", ...fields }));
  const answers = await Promise.all([
    tell({ headers, body }),
    tell({ body }),
    tell({}),
    tell({ body: "x".repeat(2e6) }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 413]);
  for (const answer of answers) {
    expect(await answer.json()).toMatchObject({ code: "VALIDATION", message: expect.stringMatching(/^[a-z-]+: /) });
  }
  expect(sandbox().requests("replicate")).toEqual([]);
});

test("ready says so only with database and sandbox", async () => {
  const response = await ready();
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ ready: true, database: true, sandbox: true, draining: false });
});
