import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

process.env.SKIP_ENV_VALIDATION = "1";
const { metrics } = await import("./metrics");

const OPERATORS = new URL("../../../../docs/operators/", import.meta.url);

/** Every name Prometheus knows them by: a histogram has three. */
const known = new Set(
  metrics()
    .registry.getMetricsAsArray()
    .flatMap(({ name }) => [
      name,
      ...(name.endsWith("_seconds") ? ["_bucket", "_sum", "_count"].map((it) => name + it) : []),
    ]),
);
const namesIn = async (file: string) =>
  new Set((await readFile(new URL(file, OPERATORS), "utf8")).match(/inkwell_[a-z_]+/g));

test.each(["grafana-dashboard.json", "alert-rules.yml", "observability.md"])(
  "%s names only metrics there are",
  async (file) => {
    const named = await namesIn(file);
    expect(named.size).toBeGreaterThan(8);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  },
);

test("operators are told of every metric, and see each on the dashboard", async () => {
  const names = metrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name);
  const [told, shown] = [await namesIn("observability.md"), await namesIn("grafana-dashboard.json")];
  expect(names.filter((name) => !told.has(name))).toEqual([]);
  expect(names.filter((name) => ![name, `${name}_bucket`].some((it) => shown.has(it)))).toEqual([]);
});

test("operators are told of every event", async () => {
  const vocabulary = await readFile(new URL("app-event.ts", import.meta.url), "utf8");
  const page = await readFile(new URL("observability.md", OPERATORS), "utf8");
  const events = [...vocabulary.matchAll(/event: "([a-z]+)"/g)].map(([, event]) => event);
  expect(events.length).toBeGreaterThan(8);
  for (const event of events) expect(page).toContain(`| \`${event}\` |`);
});
