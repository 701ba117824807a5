import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemBrowser } from "../../lib/test-tools.mjs";
import { startFloorApp } from "../lib/floor-app.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { installPeer } from "../lib/peers.mjs";
import { atLeast, atMost } from "../lib/scenario.mjs";
import { median } from "../lib/statistics.mjs";

const MANIFEST = {
  dependencies: { lighthouse: "12.8.2" },
  // What it asks for of its own is not published.
  overrides: { "@paulirish/trace_engine": { "third-party-web": "0.27.0" } },
};
const FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking";
const PRESETS = { mobile: [], desktop: ["--preset=desktop"] };
const OUTPUT_MAX = 64 * 1_048_576;

/** The front page and an empty page of Next's, judged by Lighthouse by turns. */
export default {
  name: "lighthouse",
  about: "the front page beside an empty page of Next's, in Lighthouse's words",
  async run(rig) {
    let folder;
    try {
      folder = await installPeer("lighthouse", MANIFEST);
    } catch (error) {
      rig.skipped.push({ name: "lighthouse", reason: error.message });
      return { rows: [], notes: [`Lighthouse is left out: ${error.message}.`] };
    }
    const floor = await startFloorApp(rig);
    const inkwell = await startInkwell(rig, { name: "inkwell" });
    const pages = [
      { contender: "empty page", address: `${floor.address}/empty` },
      { contender: "inkwell", address: inkwell.address },
    ];
    const rows = [];
    for (const [form, preset] of Object.entries(PRESETS)) {
      rows.push(...(await rig.onEveryCore(() => judge(rig, folder, form, preset, pages))));
    }
    await inkwell.stop();
    await floor.stop();
    return { rows, verdicts: verdictsOf(rows) };
  },
};

async function judge(rig, folder, form, preset, pages) {
  const reports = new Map(pages.map(({ contender }) => [contender, []]));
  for (let turn = 0; turn < (rig.options.quick ? 1 : 5); turn += 1) {
    for (const { contender, address } of pages) reports.get(contender).push(await ask(folder, address, preset));
  }
  return [...reports].map(([contender, of]) => rowOf(form, contender, of));
}

async function ask(folder, address, preset) {
  const program = join(folder, "node_modules", "lighthouse", "cli", "index.js");
  const wanted = ["--only-categories=performance", "--output=json", "--quiet", `--chrome-flags=${FLAGS}`];
  const { stdout } = await promisify(execFile)(process.execPath, [program, address, ...wanted, ...preset], {
    env: { ...process.env, CHROME_PATH: systemBrowser() ?? "" },
    maxBuffer: OUTPUT_MAX,
  });
  return JSON.parse(stdout);
}

function rowOf(form, contender, reports) {
  const of = (read) => median(reports.map(read));
  return {
    case: form,
    contender,
    score: of(({ categories }) => categories.performance.score * 100),
    "LCP ms": of(({ audits }) => audits["largest-contentful-paint"].numericValue),
    CLS: of(({ audits }) => audits["cumulative-layout-shift"].numericValue),
    "blocked ms": of(({ audits }) => audits["total-blocking-time"].numericValue),
  };
}

function verdictsOf(rows) {
  const score = (form, contender) => rows.find((row) => row.case === form && row.contender === contender).score;
  const behind = score("mobile", "empty page") - score("mobile", "inkwell");
  return [
    atMost("7", "Lighthouse, mobile: behind an empty page", behind, 2, "points"),
    atLeast("7", "Lighthouse, mobile", score("mobile", "inkwell"), 95, "points"),
    atLeast("7", "Lighthouse, desktop", score("desktop", "inkwell"), 99, "points"),
  ];
}
