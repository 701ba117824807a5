import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../lib/ports.mjs";
import { sandboxService } from "../../lib/stack.mjs";
import { ask, keepAlive } from "../lib/ask.mjs";
import { json, newKey, newQuestion } from "../lib/contender.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { quantile } from "../lib/statistics.mjs";
import { interleave } from "../lib/windows.mjs";

const MAKING_MS = 500;
const EACH = 3;
const POLL_MS = 10;
const STOP_MS = 5_000;

const P50 = "p50 ms";

/** One image, made and stored, against the sandbox asked without anybody between. */
export default {
  name: "images",
  about: `an image that takes the sandbox ${MAKING_MS} ms: what is added until it is in the library`,
  async run(rig) {
    const port = await freePort();
    const directory = rig.temporaryFolder();
    const environment = { ...process.env, PORT: "1" };
    const service = sandboxService({ directory, environment, port, say: rig.say });
    const sandbox = await rig.startBeside(service, STOP_MS);
    const pace = { method: "POST", headers: json, body: JSON.stringify({ imageMs: MAKING_MS }) };
    await fetch(`${sandbox.address}/__control/pace`, pace);
    const inkwell = await startInkwell(rig, { name: "inkwell", settings: { SANDBOX_URL: sandbox.address } });
    const contenders = [
      { name: "sandbox", pids: [], make: () => makeAlone(sandbox.address) },
      { ...inkwell, make: () => makeWithInkwell(inkwell) },
    ];
    for (const contender of contenders) await contender.make();
    const { windows, ignoreNiced } = rig.options;
    const measured = await interleave({ contenders, windows, ignoreNiced, measure: makeSome });
    await inkwell.stop();
    const rows = [...measured].map(([contender, of]) => rowOf(contender, of));
    const [alone, own] = rows;
    own["added p50 ms"] = own[P50] - alone[P50];
    const faults = own.failed > 0 ? [`${own.failed} images were not made`] : [];
    return { rows, faults, notes: ["The app looks whether an image is there once a second (IMAGE_POLL_MS)."] };
  },
};

async function makeSome({ make }) {
  const times = [];
  for (let made = 0; made < EACH; made += 1) times.push(await make());
  return { times };
}

/** Until the image's bytes are here, asked for again and again. NaN when it fails. */
async function makeAlone(address) {
  const headers = { ...json, authorization: "Bearer sandbox" };
  const began = performance.now();
  const input = { prompt: newQuestion({}), aspect_ratio: "1:1", num_outputs: 1 };
  const order = { method: "POST", headers, body: JSON.stringify({ input }) };
  const ordered = await fetch(`${address}/replicate/v1/models/black-forest-labs/flux-schnell/predictions`, order);
  const { id } = await ordered.json();
  for (;;) {
    const { status, output } = await (await fetch(`${address}/replicate/v1/predictions/${id}`, { headers })).json();
    if (status === "failed") return Number.NaN;
    if (status === "succeeded") {
      await (await fetch(output[0])).arrayBuffer();
      return performance.now() - began;
    }
    await sleep(POLL_MS);
  }
}

/** Until it is stored, paid for and told. */
async function makeWithInkwell(inkwell) {
  const input = { prompt: newQuestion({}), aspectRatio: "1:1", count: 1, idempotencyKey: newKey() };
  const { sent, endedAt, reader } = await ask(inkwell.call("image.generate", input), keepAlive(1));
  return reader.end === "done" ? (endedAt - sent) / 1_000 : Number.NaN;
}

function rowOf(contender, { kept, thrown, noisy }) {
  const all = kept.flatMap(({ times }) => times);
  const times = all.filter((time) => !Number.isNaN(time));
  return {
    case: "one image",
    contender,
    [P50]: quantile(times, 0.5),
    "p99 ms": quantile(times, 0.99),
    images: times.length,
    failed: all.length - times.length,
    thrown,
    noise: noisy ? "noisy" : "",
  };
}
