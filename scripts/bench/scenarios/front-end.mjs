import { setTimeout as sleep } from "node:timers/promises";
import { newQuestion } from "../lib/contender.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { atMost } from "../lib/scenario.mjs";
import { median } from "../lib/statistics.mjs";
import { writeTalk } from "../lib/talk.mjs";
import { countPieces, openBrowser, vitalsOf, workedMs } from "../lib/visit.mjs";

const SIZES = [20, 1_000];
/** Slow enough that each piece travels alone. */
const ORDER = { first: 20, gap: 50, tokens: 200 };
const WATCH_MS = 4_000;
const REST_MS = 1_500;
const PATIENCE_MS = 60_000;

const WORK = "main thread ms/delta";
const OPENS = "opens ms";
const OPENS_FIRST = "first page ms";

/** Conversations in a browser: how they open, and what an answer costs while it is written at their end. */
export default {
  name: "front-end",
  about: "a conversation of 20 and of 1,000 messages in a browser, all of them loaded, while an answer is written",
  async run(rig) {
    const world = await rig.world();
    const inkwell = await startInkwell(rig, { name: "inkwell", world });
    const { cookie } = inkwell.query("account.me", null).headers;
    const talks = [];
    for (const size of SIZES) talks.push({ size, id: await writeTalk(world.database, world.people[0].id, size) });
    const looks = new Map(talks.map(({ size }) => [size, []]));
    try {
      await rig.onEveryCore(() => visitByTurns(rig, talks, { address: inkwell.address, cookie }, looks));
    } finally {
      await inkwell.stop();
    }
    const rows = [...looks].map(([size, of]) => ({ case: `${size} messages`, contender: "inkwell", ...medians(of) }));
    return { rows, verdicts: verdictsOf(rows) };
  },
};

/** Looks at each conversation in turn, in one browser. The first look at each warms browser and server up. */
async function visitByTurns({ options }, talks, { address, cookie }, looks) {
  const visit = await openBrowser(address, cookie);
  try {
    for (let turn = 0; turn <= (options.quick ? 1 : 3); turn += 1) {
      for (const { size, id } of talks) {
        const look = await lookAt(visit, `${address}/chat/${id}`);
        if (turn > 0) looks.get(size).push(look);
      }
    }
  } finally {
    await visit.close();
  }
}

/** Opens a conversation, reads back to its beginning, asks at its end and types while the answer is written. */
async function lookAt({ page, cdp }, address) {
  // Our pages keep openers of other origins out, so that the browser starts a process for the first of them.
  const { opened: fromElsewhere } = await open(page, address, "about:blank");
  const { opened, lcp, cls } = await open(page, address, new URL("/settings", address).href);
  await readBack(page);
  const counted = countPieces(cdp, "chat.send");
  const box = page.getByRole("textbox", { name: "Your message" });
  await box.fill(newQuestion(ORDER));
  await box.press("Enter");
  await page.getByRole("button", { name: "Stop" }).waitFor();
  await sleep(REST_MS);
  const [before, piecesBefore] = [await workedMs(cdp), counted.pieces];
  await sleep(WATCH_MS);
  const work = (await workedMs(cdp)) - before;
  const pieces = counted.pieces - piecesBefore;
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  await box.pressSequentially("And what of paper?", { delay: 60 });
  const { inp } = await vitalsOf(page);
  await box.fill("");
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByRole("button", { name: /^Send/ }).waitFor({ timeout: PATIENCE_MS });
  return {
    [OPENS]: opened,
    [OPENS_FIRST]: fromElsewhere,
    "LCP ms": lcp,
    CLS: cls,
    "INP ms": inp,
    nodes,
    [WORK]: work / pieces,
  };
}

/** Opens a conversation on the page one comes from, and says what was felt of that. */
async function open(page, address, from) {
  await page.goto(from);
  await sleep(REST_MS);
  await page.goto(address, { waitUntil: "commit" });
  await page.getByRole("article").last().waitFor();
  await sleep(REST_MS);
  return vitalsOf(page);
}

/** Scrolls up until there is nothing earlier, and comes back to the end. */
async function readBack(page) {
  const earlier = page.getByRole("button", { name: /Show earlier|Looking further back/ });
  const pane = page.getByRole("region", { name: "Conversation" });
  await pane.hover();
  for (const deadline = Date.now() + PATIENCE_MS; (await earlier.count()) > 0 && Date.now() < deadline; ) {
    await page.mouse.wheel(0, -20_000);
    await sleep(100);
  }
  const jump = page.getByRole("button", { name: "Jump to the latest" });
  if ((await jump.count()) > 0) await jump.click();
  await sleep(REST_MS);
}

function medians(looks) {
  const names = Object.keys(looks[0]);
  return Object.fromEntries(names.map((name) => [name, median(looks.map((look) => look[name]))]));
}

function verdictsOf([short, long]) {
  return [
    atMost("8", "front end: main thread per delta, 1,000 messages", long[WORK], 8, "ms"),
    atMost("8", "front end: the same over 20 messages", long[WORK] / short[WORK], 1.2),
    atMost("8", "front end: DOM nodes, 1,000 messages", long.nodes, 1_500, "nodes"),
    atMost("8", "front end: 1,000 messages open in", long[OPENS], 500, "ms"),
    atMost("7", "front end: LCP of a conversation", long["LCP ms"], 1_200, "ms"),
    atMost("7", "front end: CLS of a conversation", long.CLS, 0.02, ""),
    atMost("7", "front end: INP while an answer is written", long["INP ms"], 100, "ms"),
  ];
}
