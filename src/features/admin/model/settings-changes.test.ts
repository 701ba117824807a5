import { expect, test } from "vitest";
import { ENTITLEMENTS } from "@/shared/entitlements";
import { type Settings, settings as schema } from "@/shared/settings";
import { complaintsOf, mergeSettings, settingsChanges } from "./settings-changes";

const EVERYBODY = { on: true, percent: 100 };
const base: Settings = {
  prices: { chatFast: 1, chatSmart: 3, image: 1 },
  signUpBonus: 10,
  packs: [
    { credits: 10, amount: 100 },
    { credits: 20, amount: 200 },
  ],
  subscriptionCredits: 100,
  limits: ENTITLEMENTS,
  features: { images: EVERYBODY, smart: EVERYBODY, buying: EVERYBODY, subscriptions: EVERYBODY },
  registrationOpen: true,
  maintenance: { on: false, message: "" },
  chatProviders: [
    { name: "gemini", on: true, fast: "g-fast", smart: "g-smart" },
    { name: "openai", on: true, fast: "o-fast", smart: "o-smart" },
  ],
  imageModel: "someone/flux",
  usdRate: 1,
};
const changes = (after: Settings) =>
  settingsChanges(base, after, "USD").map(({ label, before, after }) => `${label}: ${before} → ${after}`);

test("says in words what differs, and nothing of what does not", () => {
  expect(changes(base)).toEqual([]);
  expect(changes({ ...base, prices: { ...base.prices, chatFast: 2 } })).toEqual([
    "A fast answer: 1 credit → 2 credits",
  ]);
  expect(changes({ ...base, features: { ...base.features, images: { on: true, percent: 50 } } })).toEqual([
    "Images: share of the people: 100 % → 50 %",
  ]);
  expect(changes({ ...base, limits: { ...base.limits, USER: { ...base.limits.USER, smart: true } } })).toEqual([
    "Members: smart answers: not allowed → allowed",
  ]);
  expect(changes({ ...base, chatProviders: base.chatProviders.toReversed() })).toEqual([
    "Asked in this order: Gemini, OpenAI → OpenAI, Gemini",
  ]);
});

test("a pack that comes, goes or costs otherwise is said with its money", () => {
  const packs = [
    { credits: 20, amount: 250 },
    { credits: 50, amount: 500 },
  ];
  expect(changes({ ...base, packs })).toEqual([
    "Pack of 10 credits: $1.00 → undefined",
    "Pack of 20 credits: $2.00 → $2.50",
    "Pack of 50 credits: undefined → $5.00",
  ]);
});

test("my changes go on top of theirs: theirs stay where I changed nothing, mine hold where both did", () => {
  const mine = { ...base, prices: { ...base.prices, chatFast: 2, image: 4 }, registrationOpen: false };
  const theirs = { ...base, prices: { ...base.prices, chatSmart: 6, image: 5 }, signUpBonus: 20 };
  expect(mergeSettings(base, mine, theirs)).toEqual({
    ...base,
    prices: { chatFast: 2, chatSmart: 6, image: 4 },
    registrationOpen: false,
    signUpBonus: 20,
  });
});

test("each field has its own complaint, in words", () => {
  const parsed = schema.safeParse({
    ...base,
    prices: { ...base.prices, image: Number.NaN },
    packs: [
      { credits: 10, amount: 0 },
      { credits: 10, amount: 100 },
    ],
    maintenance: { on: true, message: " " },
    imageModel: "flux",
  });
  expect(parsed.error && Object.fromEntries(complaintsOf(parsed.error))).toEqual({
    "prices.image": "Write a whole number from 0 to 10,000.",
    "packs.0.amount": "Write an amount above zero.",
    packs: "Two packs have the same number of credits.",
    "maintenance.message": "Write what people are told.",
    imageModel: "Write the model's name as owner/name.",
  });
});
