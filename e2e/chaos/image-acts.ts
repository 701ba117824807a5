import { setTimeout as sleep } from "node:timers/promises";
import type { Act, Scene } from "./act";
import { refusalOf } from "./client-failure";
import type { Site } from "./stage";
import { newUse, type Use } from "./use";

/** Longer than anybody is kept watching. */
const PATIENCE_MS = 30_000;

/** Asks for an image and waits for it. */
export const paint: Act = async (scene) => {
  const use = begin(scene);
  const outcome = await generate(use, scene);
  await scene.judge(use);
  return outcome;
};

/** Asks for an image and has it given up by the other app. */
export const paintAndCancel: Act = async (scene) => {
  const use = begin(scene);
  const pause = scene.random.int(50, 1_200);
  const [outcome, said] = await Promise.all([
    generate(use, scene),
    sleep(pause).then(() => cancel(use, scene.stage.other(scene.site))),
  ]);
  await scene.judge(use);
  return `${said}: ${outcome}`;
};

function begin(scene: Scene): Use {
  const use = newUse("image", scene.visitor, scene.name);
  scene.watch(use);
  return use;
}

async function generate(use: Use, { site, name }: Scene): Promise<string> {
  use.sent += 1;
  let outcome = "broken off";
  try {
    const api = use.visitor.apiAt(site.instance.address);
    const request = { prompt: `A harbour, ${name}`, aspectRatio: "1:1" as const, count: 1 };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for await (const event of await api.image.generate.mutate(
      { ...request, idempotencyKey: use.idempotencyKey },
      { signal },
    )) {
      if (event.type === "done") use.imageCharges.push(event.charged);
      if (event.type === "error") use.refusals.push({ code: event.code, words: event.message });
      if (event.type === "error") outcome = `error ${event.code}`;
      else outcome = event.type === "done" ? "complete" : event.type === "pending" ? "late" : outcome;
    }
    return outcome;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) use.refusals.push(refusal);
    return refusal?.code ?? "lost";
  }
}

async function cancel(use: Use, site: Site): Promise<string> {
  try {
    const api = use.visitor.apiAt(site.instance.address);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const { stopped } = await api.image.cancel.mutate({ generationId: use.targetId }, { signal });
    return stopped ? "cancel taken" : "too late";
  } catch (error) {
    return `cancel ${refusalOf(error)?.code ?? "lost"}`;
  }
}
