import type { OperationDoc } from "@models";
import { searchTerms } from "@/server/lib/search-terms";
import { costOf } from "@/server/services/ai/provider-prices";
import { after, type Scene } from "./past";
import { isSubscriber, type Person } from "./person";
import { failsNow, tell } from "./story";
import { PICTURES } from "./topics";
import { beginUse } from "./use";

/** One request for images and what came of it. False when there were too few credits for it. */
export function draw(scene: Scene, person: Person, at: Date): boolean {
  const { chance, past, settings } = scene;
  const price = settings.prices.image;
  const wanted = isSubscriber(person, at) ? chance.whole(1, settings.limits.SUBSCRIBER.imagesPerRequest) : 1;
  if (person.books.available < price) return false;
  const count = price === 0 ? wanted : Math.min(wanted, Math.floor(person.books.available / price));
  const use = beginUse(scene, person, at, {
    kind: "image",
    amount: count * price,
    result: (op) => ({ generationId: `g_${op}` }),
  });
  past.operations.push(use);
  const failed = failsNow(scene, "replicate", at);
  const ms = failed ? chance.around(20_000) : 2_500 + chance.around(3_500);
  use.state = failed ? "FAILED" : "DONE";
  if (failed) use.errorCode = "PROVIDER_UNAVAILABLE";
  else use.cost = use.amount;
  person.books.use(use, after(at, ms));
  tellOf(scene, use, count, ms);
  const { userId, requestId, result } = use;
  const generationId = result.generationId ?? "";
  const [prompt, aspectRatio] = chance.pick(PICTURES);
  const seed = chance.whole(0, 2_147_483_647);
  const shared = { userId, prompt, aspectRatio, seed, requestId, createdAt: at };
  past.generations.push({
    ...shared,
    _id: generationId,
    operationId: use._id,
    count,
    status: failed ? "failed" : "complete",
    predictionId: chance.id(26).toLowerCase(),
    ...(failed && { errorCode: use.errorCode }),
    charged: use.cost ?? 0,
  });
  for (let index = 1; !failed && index <= count; index += 1) {
    past.images.push({
      ...shared,
      _id: `i_${use.op}_${index}`,
      generationId,
      terms: searchTerms(prompt),
      // Where its file is, is known once it is stored.
      ...NO_FILE,
      charged: price,
      sandbox: true,
      published: true,
      removedAt: chance.happens(0.06) ? after(at, 3_600_000) : null,
    });
  }
  return true;
}

const NO_FILE = { publicId: "", url: "", width: 0, height: 0, bytes: 0 };

function tellOf(scene: Scene, use: OperationDoc, count: number, ms: number): void {
  const failed = use.state === "FAILED";
  const outcome = failed ? ("failed" as const) : ("complete" as const);
  const code = failed ? ("PROVIDER_UNAVAILABLE" as const) : undefined;
  const model = scene.settings.imageModel;
  tell(scene, use, 2, { event: "limit", limit: "image", allowed: true });
  tell(scene, use, 40, { event: "call", path: "image.generate", type: "mutation", ms: 40 });
  tell(scene, use, ms - 400, {
    event: "provider",
    provider: "replicate",
    model,
    kind: "image",
    outcome: failed ? "failed" : "answered",
    ...(failed ? { failure: "failed" } : { images: count }),
    ms: ms - 400,
    costMicros: failed ? 0 : (costOf("replicate", model, { images: count }, use.createdAt) ?? 0),
    sandbox: true,
  });
  tell(scene, use, ms, { event: "images", outcome, count, charged: use.cost ?? 0, ms, ...(code && { code }) });
  tell(scene, use, ms + 3, { event: "credits", type: failed ? "RELEASE" : "CAPTURE", amount: use.amount });
}
