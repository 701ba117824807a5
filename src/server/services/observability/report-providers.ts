import { Instance, type InstanceDoc } from "@models";
import { policy } from "@/server/lib/policy";
import { chatProviders, imageProvider, imageStore, paymentProvider } from "@/server/providers/configured";
import { currentSettings } from "@/server/services/settings/current-settings";
import { AppError } from "@/shared/errors";
import type { ProviderHealth, ProvidersReport } from "@/shared/operations";
import { type CallGroup, countCalls, groupCalls } from "./count-calls";
import { writeHeartbeat } from "./keep-heartbeat";
import { writeObservations } from "./write-observations";

const DAY_MS = 86_400_000;
/** A process that missed so many of its heartbeats is gone. */
const MISSED_MAX = 3;

/**
 * How the providers did in the last 24 hours, or as far back as the last 10,000 calls reach, and what each running process
 * thinks of them now. What another process called in the last second may be missing yet.
 */
export async function reportProviders(): Promise<ProvidersReport> {
  await Promise.all([writeObservations(), writeHeartbeat()]);
  const [{ groups, since }, instances] = await Promise.all([
    groupCalls(new Date(Date.now() - DAY_MS)),
    readInstances(),
  ]);
  return {
    providers: knownProviders().map((known) => healthOf(known, groups, instances)),
    instances: instances.map(({ _id: id, startedAt, seenAt, memoryBytes, running }) => {
      return { id, startedAt, seenAt, memoryBytes, running };
    }),
    since,
  };
}

function readInstances(): Promise<InstanceDoc[]> {
  const alive = new Date(Date.now() - MISSED_MAX * policy.observability.heartbeatMs);
  return Instance.find({ seenAt: { $gte: alive } })
    .sort({ seenAt: -1 })
    .limit(100)
    .lean();
}

interface KnownProvider extends Omit<ProviderHealth, "models"> {
  /** What it is asked with now. */
  models: { model: string; tier?: string }[];
}

/** Every provider there is, in the order chat asks them, whether or not it is set up. */
function knownProviders(): KnownProvider[] {
  const { chatProviders: chosen, features, imageModel } = currentSettings();
  const configured = chatProviders();
  const chat = chosen.map(({ name, on, fast, smart }): KnownProvider => {
    const provider = configured.find((it) => it.name === name);
    const models =
      fast === smart
        ? [{ model: fast }]
        : [
            { model: fast, tier: "fast" },
            { model: smart, tier: "smart" },
          ];
    return { name, kind: "chat", configured: Boolean(provider), sandbox: provider?.sandbox ?? false, on, models };
  });
  const { images, buying, subscriptions } = features;
  return [
    ...chat,
    { name: "replicate", kind: "image", ...setUp(imageProvider), on: images.on, models: [{ model: imageModel }] },
    { name: "cloudinary", kind: "storage", ...setUp(imageStore), on: images.on, models: [] },
    { name: "paypal", kind: "payments", ...setUp(paymentProvider), on: buying.on || subscriptions.on, models: [] },
  ];
}

/** Whether keys are set, or the sandbox stands in. */
function setUp(provider: () => { sandbox: boolean }): { configured: boolean; sandbox: boolean } {
  try {
    return { configured: true, sandbox: provider().sandbox };
  } catch (error) {
    if (error instanceof AppError && error.code === "SERVICE_UNAVAILABLE") return { configured: false, sandbox: false };
    throw error;
  }
}

/** With the models it was asked with before, if anybody did in that time. */
function healthOf({ models, ...known }: KnownProvider, groups: CallGroup[], instances: InstanceDoc[]): ProviderHealth {
  const own = groups.filter(({ _id }) => _id.provider === known.name);
  const asked = new Set(own.map(({ _id }) => _id.model));
  const others = [...asked].filter((name) => !models.some(({ model }) => model === name));
  return {
    ...known,
    models: [...models, ...others.map((model) => ({ model }))].map((row) => ({
      ...row,
      ...countCalls(own.filter(({ _id }) => _id.model === row.model)),
      breakers: instances.map(({ _id: instance, breakers }) => {
        const name = `${known.name}/${row.model}`;
        return { instance, state: breakers.find((breaker) => breaker.name === name)?.state ?? "closed" };
      }),
    })),
  };
}
