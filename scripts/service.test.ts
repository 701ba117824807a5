import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { printsLine, Service } from "./lib/service.mjs";

let service: Service | undefined;
afterEach(() => service?.kill());

/** A service made of one line of JavaScript. */
function scripted(code: string) {
  const said: string[] = [];
  service = new Service({
    name: "helper",
    patience: 10_000,
    pause: 10,
    say: (message: string) => said.push(message),
    command: () => ({ args: ["-e", code], env: process.env }),
    ready: printsLine("ready "),
  });
  return { service, said };
}

const RUNS = "console.log('ready', process.pid); setInterval(() => {}, 1000);";

test("starts a child that was killed, and tells", async () => {
  const { service, said } = scripted(RUNS);
  await service.start();
  const first = Number(service.address);
  process.kill(first, "SIGKILL");
  await expect.poll(() => said.at(-1)).toBe("The helper is back.");
  expect(Number(service.address)).not.toBe(first);
});

test("refuses to start with the child's own words when it ends at once", async () => {
  const { service } = scripted("console.error('PORT: not a number'); process.exit(3);");
  await expect(service.start()).rejects.toThrow(/did not start\.\nPORT: not a number/);
});

test("gives up on a child that keeps crashing", async () => {
  const { service } = scripted("console.log('ready'.padEnd(7) + 'x'); setTimeout(() => process.exit(1), 20);");
  await service.start();
  const [message] = await once(service, "gone");
  expect(message).toContain("crashed 5 times");
});

test("lets the child finish when it stops, and kills it when that takes too long", async () => {
  const { service: polite } = scripted(`process.on('SIGTERM', () => setTimeout(() => process.exit(0), 200)); ${RUNS}`);
  await polite.start();
  expect(await polite.stop(5_000)).toBe(0);

  const { service: stubborn } = scripted(`process.on('SIGTERM', () => {}); ${RUNS}`);
  await stubborn.start();
  expect(await stubborn.stop(200)).toBe(1);
});
