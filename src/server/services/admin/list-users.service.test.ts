import { Account, User } from "@models";
import { beforeAll, describe, expect, test } from "vitest";
import { searchTerms } from "@/server/lib/search-terms";
import { USER_SORTS, usersInput } from "@/shared/admin";
import { ROLES } from "@/shared/entitlements";
import { plansOf } from "../../../../tests/plans";
import { listUsers } from "./list-users";

const COUNT = 60;
const DAY_MS = 86_400_000;

/** Number 0 came first and was seen last; each has a last name of three, and a first name of four. */
function userOf(number: number) {
  const name = `${["Anna", "Bo", "Carla", "Dora"][number % 4]} ${["Lind", "Lindgren", "Öberg"][number % 3]}`;
  const email = `person${String(number).padStart(2, "0")}@example.org`;
  return {
    _id: `user${String(number).padStart(17, "0")}`,
    email,
    name,
    terms: searchTerms(`${email} ${name}`),
    passwordHash: "not a hash",
    role: number % 20 === 0 ? ("ADMIN" as const) : number % 5 === 0 ? ("SUBSCRIBER" as const) : ("USER" as const),
    status: number % 7 === 0 ? ("suspended" as const) : ("active" as const),
    sessionVersion: 1,
    // Some at the same moment, so that the id has to tell them apart.
    createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(number / 3) * DAY_MS),
    lastSeenAt: new Date(Date.UTC(2026, 3, 1) - Math.floor(number / 4) * DAY_MS),
  };
}

const users = Array.from({ length: COUNT }, (_, number) => userOf(number));
type Users = typeof users;

beforeAll(async () => {
  await User.insertMany(users);
  await Account.collection.insertOne({ _id: users[7]?._id, available: 5, held: 2, owed: 1 } as never);
});

const list = (input: Partial<Parameters<typeof listUsers>[0]> = {}) => listUsers(usersInput.parse(input));

/** The numbers of everybody on all pages. */
async function walk(input: Parameters<typeof list>[0]) {
  const found: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 7, ...input, cursor });
    found.push(...page.items.map(({ email }) => Number(email.slice(6, 8))));
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

const ORDERS: Record<(typeof USER_SORTS)[number], (a: Users[number], b: Users[number]) => number> = {
  newest: (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a._id < b._id ? 1 : -1),
  seen: (a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime() || (a._id < b._id ? 1 : -1),
  email: (a, b) => (a.email < b.email ? -1 : 1),
};
const numbers = (some: Users) => some.map(({ email }) => Number(email.slice(6, 8)));

describe.each(USER_SORTS)("sorted by %s", (sort) => {
  test.each([
    ["everybody", {}, () => true],
    ["one role", { role: "SUBSCRIBER" }, ({ role }) => role === "SUBSCRIBER"],
    ["one status", { status: "suspended" }, ({ status }) => status === "suspended"],
    ["both", { role: "USER", status: "active" }, ({ role, status }) => role === "USER" && status === "active"],
    ["a search", { query: "bo lind" }, ({ terms }) => terms.includes("bo") && !terms.includes("oberg")],
  ] as [string, object, (user: Users[number]) => boolean][])("pages through %s, each once", async (_, filter, fits) => {
    expect(await walk({ sort, ...filter })).toEqual(numbers(users.filter(fits).toSorted(ORDERS[sort])));
  });

  test.each([{}, ...ROLES.map((role) => ({ role })), { status: "active" as const }, { status: "suspended" as const }])(
    "reads %o from an index, however far down",
    async (filter) => {
      const { nextCursor } = await list({ sort, ...filter, limit: 2 });
      for (const cursor of [undefined, nextCursor]) {
        const [page] = await plansOf(() => list({ sort, ...filter, limit: 2, cursor }));
        expect(page?.plan).toMatch(/^FETCH IXSCAN/);
        expect(page?.examined).toBeLessThanOrEqual(3 + (cursor ? 4 : 0));
      }
    },
  );
});

describe("a search", () => {
  test("finds words of name and address, the last unfinished, whatever their case and accents", async () => {
    expect(await walk({ query: "ÖBERG car" })).toEqual(
      numbers(users.filter(({ name }) => name === "Carla Öberg").toReversed()),
    );
    expect(await walk({ query: "person17" })).toEqual([17]);
    expect(await walk({ query: "lin anna" })).toEqual([]);
    expect(await walk({ query: "..." })).toEqual([]);
  });

  test("finds the one a whole address or an id belongs to, with their credits and nothing secret", async () => {
    const seven = users[7];
    const { items } = await list({ query: "Person07@Example.ORG" });
    expect(items).toEqual([
      {
        id: seven?._id,
        email: "person07@example.org",
        name: "Dora Lindgren",
        role: "USER",
        status: "suspended",
        createdAt: seven?.createdAt,
        lastSeenAt: seven?.lastSeenAt,
        balance: { available: 5, held: 2, owed: 1 },
      },
    ]);
    expect((await list({ query: seven?._id })).items).toEqual(items);
    expect((await list({ query: seven?._id, role: "ADMIN" })).items).toEqual([]);
  });

  test("of an address in the middle of being written finds by its words", async () => {
    expect(await walk({ query: "person07@exam" })).toEqual([7]);
  });

  test("is read from an index, with any filter and in any order", async () => {
    for (const sort of USER_SORTS) {
      for (const filter of [{}, { role: "USER" as const }, { status: "active" as const }]) {
        const plans = await plansOf(() => list({ query: "person17 lin", sort, ...filter }));
        expect(plans.map(({ plan }) => plan).join()).not.toContain("COLLSCAN");
        expect(plans.find(({ query }) => query.includes("$all"))?.examined).toBeLessThanOrEqual(1);
      }
    }
  });
});

test("a cursor of somebody else's making is refused", async () => {
  await expect(list({ cursor: "here" })).rejects.toMatchObject({
    code: "VALIDATION",
    fieldErrors: { cursor: [expect.any(String)] },
  });
});
