import { searchTerms } from "@/server/lib/search-terms";
import { ask } from "./ask";
import { openBooks } from "./books";
import { draw } from "./draw";
import { correct } from "./operate";
import { after, MINUTE_MS, type Scene, SECOND_MS } from "./past";
import { agentOf, habitOf, nameOf } from "./people";
import { catchUp, isSubscriber, momentFor, type Person } from "./person";
import { buyPack } from "./shop";
import { subscribe } from "./subscribe";

const DAY_MS = 86_400_000;
const SESSIONS_MS = 29 * DAY_MS;

/** Somebody's life with the place, from the day they joined until today. */
export function live(scene: Scene, number: number): void {
  const { chance, now, past } = scene;
  const person = join(scene, number);
  const days = Math.ceil((now.getTime() - person.user.createdAt.getTime()) / DAY_MS);
  for (let day = 0; day < days && !person.gone; day += 1) {
    const date = after(person.user.createdAt, day * DAY_MS);
    for (const time of timesOf(scene, person, date, day)) {
      if (person.gone || time > after(now, -10 * MINUTE_MS)) break;
      catchUp(person, time);
      spendTime(scene, person, time);
    }
    if (chance.happens(0.004)) correct(scene, person, momentFor(person, date));
    if (chance.happens(0.008)) person.gone = true;
  }
  catchUp(person, after(now, -5 * MINUTE_MS));
  leaveBehind(scene, person);
  past.accounts.push(person.books.account());
  past.ledger.push(...person.books.entries);
}

function join({ chance, from, now, past, passwordHash, settings }: Scene, number: number): Person {
  // More of them lately: the place grows.
  const share = Math.sqrt(chance.next());
  const createdAt = new Date(from.getTime() + share * (now.getTime() - 3_600_000 - from.getTime()));
  const { name, email } = nameOf(chance, number);
  const _id = chance.id();
  const user = {
    _id,
    email,
    name,
    terms: searchTerms(`${email} ${name}`),
    passwordHash,
    role: "USER" as const,
    status: "active" as const,
    sessionVersion: 1,
    createdAt,
    lastSeenAt: createdAt,
  };
  past.users.push(user);
  const books = openBooks(_id, settings.signUpBonus, chance.id(16), after(createdAt, SECOND_MS));
  return { user, habit: habitOf(chance), books, due: [], clock: createdAt, gone: false };
}

/** When they use something on a day: seldom at night, less at the weekend, more on the first day. */
function timesOf({ chance }: Scene, { habit, user }: Person, date: Date, day: number): Date[] {
  const weekday = date.getUTCDay();
  const often = weekday === 0 || weekday === 6 ? 0.65 : 1.1;
  const uses = chance.times(habit.usesADay * often) + (day === 0 ? chance.whole(1, 3) : 0);
  if (day === 0) return Array.from({ length: uses }, (_, index) => after(user.createdAt, (index + 1) * 2 * MINUTE_MS));
  const midnight = Math.floor(date.getTime() / DAY_MS) * DAY_MS;
  const time = () => midnight + (6 + chance.between(0, 9) + chance.between(0, 8.9)) * 60 * MINUTE_MS;
  return Array.from({ length: uses }, time)
    .sort((one, other) => one - other)
    .map((ms) => new Date(ms));
}

function spendTime(scene: Scene, person: Person, time: Date): void {
  const { chance, settings } = scene;
  const { habit } = person;
  const use = chance.happens(habit.imageShare) ? draw : ask;
  if (use(scene, person, momentFor(person, time))) return;
  if (!chance.happens(habit.buys)) {
    person.gone = true;
    return;
  }
  const at = momentFor(person, after(time, MINUTE_MS));
  if (at > after(scene.now, -10 * MINUTE_MS)) return;
  const maySubscribe = !isSubscriber(person, at) && settings.features.subscriptions.on;
  if (maySubscribe && chance.happens(habit.subscribes)) subscribe(scene, person, at);
  else if (!buyPack(scene, person, at)) return;
  use(scene, person, momentFor(person, after(person.clock, MINUTE_MS)));
}

/** What is seen of them today: when they were here, their role, the browsers they are signed in with. */
function leaveBehind({ chance, now, past }: Scene, person: Person): void {
  const { user } = person;
  user.lastSeenAt = person.clock < now ? person.clock : now;
  if (isSubscriber(person, now)) user.role = "SUBSCRIBER";
  else
    for (const subscription of past.subscriptions.filter(({ userId }) => userId === user._id))
      subscription.roleGiven = false;
  if (now.getTime() - user.lastSeenAt.getTime() > SESSIONS_MS) return;
  for (let browsers = chance.whole(1, 2); browsers > 0; browsers -= 1) {
    past.sessions.push({
      _id: chance.id(),
      userId: user._id,
      sessionVersion: 1,
      userAgent: agentOf(chance),
      createdAt: user.createdAt,
      lastSeenAt: user.lastSeenAt,
    });
  }
}
