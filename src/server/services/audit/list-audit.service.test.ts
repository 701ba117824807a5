import { AuditEntry } from "@models";
import { beforeAll, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { auditInput } from "@/shared/admin";
import { plansOf } from "../../../../tests/plans";
import { person } from "../../../../tests/studio";
import { listAudit } from "./list-audit";
import { writeAudit } from "./write-audit";

const ACTIONS = ["user.suspend", "user.restore", "settings.save", "purchase.refund", "username.change"];
let admin: Actor;
let someone: Actor;

beforeAll(async () => {
  [admin, someone] = [await person({ role: "ADMIN" }), await person()];
  for (let number = 0; number < 25; number += 1) {
    await writeAudit({
      id: `entry_${String(number).padStart(2, "0")}`,
      actor: number % 5 === 3 ? "paypal" : admin.user.id,
      action: ACTIONS[number % 5] ?? "",
      subject: number % 2 === 0 ? someone.user.id : "settings",
      note: `Number ${number}`,
      before: { number },
      after: { number: number + 1 },
      requestId: `request-${number}`,
    });
  }
  // Several at the same moment, so that the id has to tell them apart.
  await AuditEntry.updateMany({}, { $set: { at: new Date("2026-05-01T12:00:00Z") } });
});

const list = (input: object = {}) => listAudit(auditInput.parse(input));

async function walk(input: object) {
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 4, ...input, cursor });
    found.push(...page.items.map(({ id }) => Number(id.slice(6))));
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

const newestFirst = (fits: (number: number) => boolean) =>
  Array.from({ length: 25 }, (_, index) => 24 - index).filter(fits);

test.each([
  ["everything", {}, () => true],
  ["one action", { action: "user.suspend" }, (number: number) => number % 5 === 0],
  ["an area, and no other that begins alike", { action: "user" }, (number: number) => number % 5 < 2],
  ["what concerns somebody", { subject: "SOMEONE" }, (number: number) => number % 2 === 0],
  ["both", { subject: "SOMEONE", action: "settings" }, (number: number) => number % 2 === 0 && number % 5 === 2],
])("pages through %s, each once, newest first", async (_, input, fits) => {
  const filter = "subject" in input ? { ...input, subject: someone.user.id } : input;
  expect(await walk(filter)).toEqual(newestFirst(fits));
});

test("says who did it, to whom, and what was before and after", async () => {
  const { items } = await list({ limit: 2 });
  expect(items).toMatchObject([
    {
      id: "entry_24",
      action: "username.change",
      actorEmail: `${admin.user.id.toLowerCase()}@example.org`,
      subjectEmail: `${someone.user.id.toLowerCase()}@example.org`,
      before: { number: 24 },
      after: { number: 25 },
      requestId: "request-24",
    },
    { id: "entry_23", actor: "paypal", actorEmail: undefined, subject: "settings", subjectEmail: undefined },
  ]);
});

test.each([{}, { action: "user.suspend" }, { action: "user" }, { subject: "someone-else" }])(
  "is found by an index: %o",
  async (input) => {
    const plans = await plansOf(() => list(input));
    expect(plans.map(({ plan }) => plan).join("; ")).not.toMatch(/COLLSCAN|SORT/);
  },
);

test("a cursor of somebody's own making is refused", async () => {
  await expect(list({ cursor: "bogus" })).rejects.toMatchObject({ code: "VALIDATION" });
});
