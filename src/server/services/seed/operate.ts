import { defaultSettings } from "@/server/services/settings/default-settings";
import type { Settings } from "@/shared/settings";
import { after, type Scene } from "./past";
import type { Person } from "./person";

const DAY_MS = 86_400_000;

/** The operator gives credits for some trouble, or takes back what was given once too often. */
export function correct({ chance, now, operator, past }: Scene, person: Person, at: Date): void {
  if (at > now) return;
  const takes = person.books.available > 5 && chance.happens(0.2);
  const [credits, reason] = takes ? ([-3, "Given twice"] as const) : ([5, "Sorry for the trouble"] as const);
  const key = `adjust_${chance.id(22)}`;
  const requestId = chance.id(16);
  const before = person.books.balance();
  person.books.change({ key, type: "ADJUST", credits, reason, ref: key, requestId, at });
  past.audit.push({
    _id: key,
    actor: operator,
    action: "credits.adjust",
    subject: person.user._id,
    note: reason,
    before,
    after: person.books.balance(),
    requestId,
    at,
  });
}

/** Two people who were suspended. */
export function suspendSome({ chance, now, operator, past }: Scene): void {
  const unwelcome = past.users.filter(({ role, createdAt }) => role === "USER" && createdAt < after(now, -20 * DAY_MS));
  for (const user of unwelcome.slice(0, 2)) {
    user.status = "suspended";
    past.audit.push({
      _id: chance.id(),
      actor: operator,
      action: "user.suspend",
      subject: user._id,
      note: "Opened many accounts for their welcome",
      before: { status: "active" },
      after: { status: "suspended" },
      requestId: chance.id(16),
      at: after(now, -chance.between(2, 15) * DAY_MS),
    });
  }
}

/** Four versions of the settings, the last of which is what holds without any. */
export function changeSettings(scene: Scene): void {
  const { features, maintenance } = defaultSettings();
  const few = { ...features, images: { on: true, percent: 50 } };
  const closed = { on: true, message: "New pictures wait a little today: we are moving their store." };
  const steps: Saving[] = [
    { daysAgo: 52, note: "Images for half of the people", before: { features }, change: { features: few } },
    { daysAgo: 45, note: "Images for everybody", before: { features: few }, change: { features } },
    { daysAgo: 33, note: "The image store moves", before: { maintenance }, change: { maintenance: closed } },
    { daysAgo: 32, note: "Done", before: { maintenance: closed }, change: { maintenance } },
  ];
  for (const [index, step] of steps.entries()) save(scene, index + 1, step);
}

interface Saving {
  daysAgo: number;
  note: string;
  before: Partial<Settings>;
  change: Partial<Settings>;
}

function save({ chance, now, operator, past }: Scene, _id: number, { daysAgo, note, before, change }: Saving): void {
  const common = { note, requestId: chance.id(16), at: after(now, -daysAgo * DAY_MS) };
  past.settings.push({ ...common, _id, values: { ...defaultSettings(), ...change }, changedBy: operator });
  past.audit.push({
    ...common,
    _id: `settings_${_id}`,
    actor: operator,
    action: "settings.save",
    subject: "settings",
    before,
    after: change,
  });
}
