import { randomBytes } from "node:crypto";
import { Marker, Rollup, SettingsVersion, User } from "@models";
import { env } from "@/env";
import { hashPassword } from "@/server/auth/passwords";
import { sandboxMode } from "@/server/providers/configured";
import { currentPlan } from "@/server/services/payments/packs";
import { readSettings } from "@/server/services/settings/current-settings";
import { countFigures } from "@/server/services/stats/count-figures";
import { AppError } from "@/shared/errors";
import { openBooks } from "./books";
import { Chance } from "./chance";
import { live } from "./live";
import { changeSettings, suspendSome } from "./operate";
import { emptyPast, type Past, type Scene } from "./past";
import { storePictures } from "./pictures";
import { writePast } from "./write-past";

const DAY_MS = 86_400_000;
const OPERATOR = "operator@example.org";

export interface SeedOptions {
  /** The same number makes the same people, give or take the time of day. */
  seed: number;
  /** Also on an instance that has people already. */
  add: boolean;
  people: number;
  days: number;
  say: (step: string) => void;
}

export interface Seeded {
  people: number;
  uses: number;
  entries: number;
  purchases: number;
  images: number;
  /** Who administers a fresh instance. The password is known only here. */
  operator: { email: string; password: string } | undefined;
}

/**
 * Fills an instance with people who have used it for a while: what they asked, had drawn and bought, with books that are
 * right, and what the operator did meanwhile. Everything is made up, and nobody can sign in but the administrator of an
 * instance that had none.
 * @throws AppError CONFLICT when there are people already and `add` is not set, or when this seed was used before ·
 *   SERVICE_UNAVAILABLE when a real provider is set up: what is bought and stored has to be made up.
 */
export async function seedInstance(options: SeedOptions): Promise<Seeded> {
  const { values: settings } = await readSettings();
  const mode = sandboxMode();
  if (!mode.images || !mode.storage || !env.SANDBOX_URL || !mode.payments || env.PAYPAL_CLIENT_ID) {
    throw new AppError(
      "SERVICE_UNAVAILABLE",
      "Demo data needs the sandbox for images, storage and payments. Take their keys out, or use another instance.",
    );
  }
  const isEmpty = !(await User.exists({}));
  if (!isEmpty && !options.add) {
    throw new AppError("CONFLICT", "There are people on this instance. With --add, more are put beside them.");
  }
  const now = new Date();
  const chance = new Chance(options.seed);
  const operatorId = chance.id();
  const plan = await currentPlan();
  const scene: Scene = {
    chance,
    from: new Date(now.getTime() - options.days * DAY_MS),
    now,
    settings,
    currency: env.CURRENCY,
    operator: isEmpty ? operatorId : "seed",
    // Of a password that nobody has.
    passwordHash: await hashPassword(newPassword()),
    plan: { id: plan?.id ?? "", amount: plan?.price.amount ?? 0 },
    past: emptyPast(),
  };
  options.say("making up people");
  makeUp(scene, options.people);
  await refuseRepeats(scene.past);
  const operator = isEmpty ? await appoint(scene, operatorId) : undefined;
  if (!(await SettingsVersion.exists({}))) changeSettings(scene);
  options.say(`drawing ${scene.past.images.length} pictures`);
  await storePictures(scene.past.images);
  options.say("writing it down");
  await writePast(scene.past);
  options.say("counting the figures");
  await countPast(scene.from);
  const { users, operations, ledger, purchases, images } = scene.past;
  return {
    people: users.length,
    uses: operations.length,
    entries: ledger.length,
    purchases: purchases.length,
    images: images.length,
    operator,
  };
}

/** Everything but the pictures' files, without asking anybody. */
export function makeUp(scene: Scene, people: number): void {
  for (let number = 1; number <= people; number += 1) live(scene, number);
  suspendSome(scene);
}

async function refuseRepeats({ users: [first] }: Past): Promise<void> {
  if (first && (await User.exists({ $or: [{ _id: first._id }, { email: first.email }] }))) {
    throw new AppError("CONFLICT", "These people are there already. Choose other ones with --seed and a number.");
  }
}

/** The administrator of an instance that has none. */
async function appoint(
  { chance, from, now, past, settings }: Scene,
  _id: string,
): Promise<{ email: string; password: string }> {
  const password = newPassword();
  past.users.unshift({
    _id,
    email: OPERATOR,
    name: "Operator",
    terms: ["operator", "example", "org"],
    passwordHash: await hashPassword(password),
    role: "ADMIN",
    status: "active",
    sessionVersion: 1,
    createdAt: from,
    lastSeenAt: now,
  });
  const books = openBooks(_id, settings.signUpBonus, chance.id(16), from);
  past.accounts.push(books.account());
  past.ledger.push(...books.entries);
  await Marker.updateOne({ _id: "first-admin" }, { $set: { userId: _id, applied: true } }, { upsert: true });
  return { email: OPERATOR, password };
}

const newPassword = () => randomBytes(12).toString("base64url");

/** Has what was counted before counted again, and the rest for the first time. */
async function countPast(from: Date): Promise<void> {
  await Rollup.updateMany({ at: { $gte: from } }, { $set: { complete: false }, $inc: { reopened: 1 } });
  while ((await countFigures()) > 0);
}
