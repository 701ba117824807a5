import { spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createGemini } from "@/server/providers/gemini";
import { createOpenai } from "@/server/providers/openai";
import { setUpConnections } from "./set-up-connections";

const LISTEN = `const server = require("node:net").createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(server.address().port));`;

/** A port that nobody refuses and nobody opens: its owner is stopped and its queue is full. */
async function silentPort(): Promise<number> {
  const owner = spawn(process.execPath, ["-e", LISTEN], { stdio: ["ignore", "pipe", "inherit"] });
  const waiting: Socket[] = [];
  onTestFinished(() => {
    for (const socket of waiting) socket.destroy();
    owner.kill("SIGKILL");
  });
  const [line] = await once(owner.stdout, "data");
  const port = Number(line);
  owner.kill("SIGSTOP");
  for (;;) {
    const socket = createConnection({ port, host: "127.0.0.1" }).on("error", () => undefined);
    waiting.push(socket);
    const opened = await Promise.race([
      once(socket, "connect").then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 300)),
    ]);
    if (!opened) return port;
  }
}

test.each([
  ["OpenAI", createOpenai],
  ["Gemini", createGemini],
])("%s: a host that swallows packets is given up in time, and known as never reached", async (_name, create) => {
  setUpConnections(400);
  const provider = create({ apiKey: "any", baseUrl: `http://127.0.0.1:${await silentPort()}`, sandbox: true });
  const startedAt = performance.now();
  const turns = [{ role: "user", text: "Anyone?" } as const];
  const stream = provider.stream({ model: "any", system: "", turns, signal: AbortSignal.timeout(30_000) });
  await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ failure: { kind: "connect" } });
  // Node's own limit is ten seconds.
  expect(performance.now() - startedAt).toBeLessThan(8_000);
});
