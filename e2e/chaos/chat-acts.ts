import { setTimeout as sleep } from "node:timers/promises";
import type { Act, Scene } from "./act";
import { type Question, resume, send, stop } from "./chat-client";
import type { Random } from "./random";
import type { Reading } from "./reading";
import { newUse } from "./use";

const TOPICS = ["herons", "letterpress", "harbour lights", "paper lanterns", "tea", "glaciers"] as const;

/** How many pieces have arrived when somebody leaves or stops. */
const PIECES_MAX = 25;
/** Long ones leave time to stop them. */
const LONG_PERCENT = 20;

/** Asks and reads to the end; a connection that broke is taken up at the other app, as a page would. */
export const ask: Act = async (scene) => {
  const use = begin(scene);
  const { stage, site } = scene;
  let outcome = await send(use, site, newQuestion(scene));
  const [reading] = use.readings;
  const broke = outcome === "lost" || outcome === "broken off";
  if (broke && reading && reading.text !== "") {
    outcome = `resumed: ${await resume(use, stage.other(site), reading)}`;
  }
  await scene.judge(use);
  return outcome;
};

/** Asks and leaves in the middle, or before the first word. */
export const askAndLeave: Act = async (scene) => {
  const use = begin(scene);
  const leaving = leaveAfter(scene.random);
  const outcome = await send(use, scene.site, newQuestion(scene, true), leaving);
  await scene.judge(use);
  return outcome;
};

/** Asks, leaves in the middle and reads on at the other app. */
export const askAndResume: Act = async (scene) => {
  const { stage, site, random } = scene;
  const use = begin(scene);
  const pause = random.int(0, 1_500);
  const first = await send(use, site, newQuestion(scene), leaveAfter(random));
  const [reading] = use.readings;
  if (first !== "left" || !reading || reading.text === "") {
    await scene.judge(use);
    return first;
  }
  await sleep(pause);
  const outcome = await resume(use, stage.other(site), reading);
  await scene.judge(use);
  return `resumed: ${outcome}`;
};

/** Asks for something long and has it stopped by the other app. */
export const askAndStop: Act = async (scene) => {
  const { stage, site, random } = scene;
  const use = begin(scene);
  const pieces = random.int(1, PIECES_MAX);
  let seen = 0;
  let stopping: Promise<string> | undefined;
  const outcome = await send(use, site, longQuestion(scene), {
    onPiece: () => {
      seen += 1;
      if (seen >= pieces) stopping ??= stop(use, stage.other(site));
    },
  });
  const said = await stopping;
  await scene.judge(use);
  return said ? `${said}: ${outcome}` : outcome;
};

/** Sends the same key to both apps, as a page does that heard nothing: there must be one answer. */
export const askTwice: Act = async (scene) => {
  const { stage, site, random } = scene;
  const use = begin(scene);
  const question = newQuestion(scene);
  const pause = random.int(0, 2_000);
  const outcomes = await Promise.all([
    send(use, site, question),
    sleep(pause).then(() => send(use, stage.other(site), question)),
  ]);
  await scene.judge(use);
  return outcomes.join(" + ");
};

/** The same question by two people at once, one at each app: one may get the other's answer, for nothing. */
export const askTogether: Act = async (scene) => {
  const { stage, site, neighbour } = scene;
  const question = { content: `Everyone asks: ${scene.name}` };
  const own = begin(scene);
  const other = newUse("chat", neighbour, `${scene.name}-n`);
  scene.watch(other);
  const outcomes = await Promise.all([send(own, site, question), send(other, stage.other(site), question)]);
  await Promise.all([scene.judge(own), scene.judge(other)]);
  return outcomes.sort().join(" + ");
};

function begin(scene: Scene) {
  const use = newUse("chat", scene.visitor, scene.name);
  scene.watch(use);
  return use;
}

function newQuestion(scene: Scene, isLong = scene.random.inPercent(LONG_PERCENT)): Question {
  if (isLong) return longQuestion(scene);
  return { content: `${scene.name}: what about ${scene.random.pick(TOPICS)}?` };
}

const longQuestion = ({ name }: Scene): Question => ({ content: `sandbox: long, ${name}` });

/** Leaves after so many pieces, or at once. */
function leaveAfter(random: Random) {
  const leaving = new AbortController();
  const pieces = random.int(0, PIECES_MAX);
  const patience = random.int(1, 3_000);
  let seen = 0;
  if (pieces === 0) setTimeout(() => leaving.abort(), patience);
  return {
    signal: leaving.signal,
    onPiece: (_: Reading) => {
      seen += 1;
      if (pieces > 0 && seen >= pieces) leaving.abort();
    },
  };
}
