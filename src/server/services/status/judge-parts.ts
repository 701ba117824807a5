import { Instance, Operation, ProviderCall, Purchase } from "@models";
import { policy } from "@/server/lib/policy";
import { imageProvider, imageStore, paymentsAvailable } from "@/server/providers/configured";
import { chatChain } from "@/server/services/ai/chat-models";
import { currentSettings, settingsKnown } from "@/server/services/settings/current-settings";
import { hasFailed, REFUSALS } from "@/server/services/stats/count-hours";
import { AppError } from "@/shared/errors";
import type { StatusPage } from "@/shared/operations";

export type Judged = Omit<StatusPage["parts"][number], "days">;

/** What happened so lately speaks of now. */
const LATELY_MS = 10 * 60_000;
const LATELY_MAX = 1_000;
/** So few say nothing yet. */
const TELLING = 4;
const DOWN_SHARE = 0.5;
const DEGRADED_SHARE = 0.1;
/** A process that missed so many of its heartbeats is gone. */
const MISSED_MAX = 3;
/** A payment between order and credit for so long waits for PayPal; one that does so for a day is another matter. */
const PAYMENT_MS = 3 * 60_000;
const DAY_MS = 86_400_000;

interface Tally {
  asked: number;
  failed: number;
}

/** How each part does, by what happened in the last minutes and what the running processes think of the providers. */
export async function judgeParts(): Promise<Judged[]> {
  await settingsKnown();
  const [resting, uses, stores, waiting] = await Promise.all([
    restingModels(),
    recentUses(),
    recentStores(),
    paymentsWaiting(),
  ]);
  const off = partsSwitchedOff();
  const judged: Judged[] = [
    { name: "chat", ...judge(uses.chat, resting.chat, CHAT_WORDS) },
    { name: "images", ...judge(uses.image, resting.image, IMAGE_WORDS) },
    { name: "payments", ...(waiting ? SLOW_PAYMENTS : { state: "up", note: "Payments bring their credits at once." }) },
    { name: "storage", ...judge(stores, 0, STORAGE_WORDS) },
    { name: "database", state: "up", note: "It answers." },
  ];
  return judged.map((part) => off.find(({ name }) => name === part.name) ?? part);
}

/** Parts that are not there, or not for anybody. */
export function partsSwitchedOff(): Judged[] {
  const { features } = currentSettings();
  const off = (name: Judged["name"], isOn: boolean, isThere: boolean): Judged[] => {
    if (!isThere) return [{ name, state: "off", note: "Not set up on this server." }];
    return isOn ? [] : [{ name, state: "off", note: "Switched off." }];
  };
  return [
    ...off("chat", true, chatChain("fast").length > 0),
    ...off("images", features.images.on, isSetUp(imageProvider) && isSetUp(imageStore)),
    ...off("storage", true, isSetUp(imageStore)),
    ...off("payments", features.buying.on || features.subscriptions.on, paymentsAvailable()),
  ];
}

function isSetUp(provider: () => unknown): boolean {
  try {
    provider();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "SERVICE_UNAVAILABLE") return false;
    throw error;
  }
}

interface Words {
  up: string;
  degraded: string;
  down: string;
}

const CHAT_WORDS: Words = {
  up: "Questions are answered.",
  degraded: "Some answers are late or do not come. What does not come costs nothing.",
  down: "Most questions are not answered just now. What does not come costs nothing.",
};
const IMAGE_WORDS: Words = {
  up: "Images are made.",
  degraded: "Some images are late or are not made. What does not come costs nothing.",
  down: "Most images are not made just now. What does not come costs nothing.",
};
const STORAGE_WORDS: Words = {
  up: "New images are kept.",
  degraded: "Keeping new images takes longer than it should.",
  down: "New images wait to be kept. They come as soon as that works again.",
};
const SLOW_PAYMENTS = {
  state: "degraded",
  note: "Some payments take longer than they should. Their credits come by themselves.",
} as const;

/** `resting`: the share of the ways to do it that are left alone because they failed. */
function judge({ asked, failed }: Tally, resting: number, words: Words): Pick<Judged, "state" | "note"> {
  const share = asked >= TELLING ? failed / asked : 0;
  const isDown = resting === 1 || share >= DOWN_SHARE;
  const isDegraded = resting > 0 || share >= DEGRADED_SHARE;
  const state = isDown ? "down" : isDegraded ? "degraded" : "up";
  return { state, note: words[state] };
}

/** The share of the models in use that at least half of the running processes leave alone. */
async function restingModels(): Promise<{ chat: number; image: number }> {
  const alive = new Date(Date.now() - MISSED_MAX * policy.observability.heartbeatMs);
  const instances = await Instance.find({ seenAt: { $gte: alive } }, { breakers: 1 })
    .limit(100)
    .lean();
  const isResting = (model: string) => {
    const open = instances.filter(({ breakers }) =>
      breakers.some(({ name, state }) => name === model && state !== "closed"),
    );
    return open.length > 0 && open.length * 2 >= instances.length;
  };
  const share = (models: Set<string>) => (models.size === 0 ? 0 : [...models].filter(isResting).length / models.size);
  const chain = [...chatChain("fast"), ...chatChain("smart")];
  return {
    chat: share(new Set(chain.map(({ provider, model }) => `${provider.name}/${model}`))),
    image: share(new Set([`replicate/${currentSettings().imageModel}`])),
  };
}

async function recentUses(): Promise<{ chat: Tally; image: Tally }> {
  const createdAt = { $gte: new Date(Date.now() - LATELY_MS) };
  const uses = await Operation.find({ createdAt, errorCode: { $nin: REFUSALS } }, { kind: 1, state: 1, errorCode: 1 })
    .sort({ createdAt: -1 })
    .limit(LATELY_MAX)
    .lean();
  const tally = (kind: "chat" | "image") => {
    const its = uses.filter((use) => use.kind === kind);
    return { asked: its.length, failed: its.filter(hasFailed).length };
  };
  return { chat: tally("chat"), image: tally("image") };
}

async function recentStores(): Promise<Tally> {
  const at = { $gte: new Date(Date.now() - LATELY_MS) };
  const calls = await ProviderCall.find({ at }, { provider: 1, outcome: 1 }).sort({ at: -1 }).limit(LATELY_MAX).lean();
  const stores = calls.filter(({ provider }) => provider === "cloudinary");
  return { asked: stores.length, failed: stores.filter(({ outcome }) => outcome === "failed").length };
}

async function paymentsWaiting(): Promise<boolean> {
  const now = Date.now();
  const createdAt = { $gte: new Date(now - DAY_MS), $lte: new Date(now - PAYMENT_MS) };
  return Boolean(await Purchase.exists({ state: { $in: ["CAPTURING", "CAPTURED"] }, createdAt }));
}
