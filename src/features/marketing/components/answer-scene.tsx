"use client";

import { useEffect, useState } from "react";
import { credits } from "@/components/lib/format";
import { whenIdle } from "@/components/lib/when-idle";
import { InkDrop } from "@/components/wordmark";

const QUESTION = "Why does ink feather on cheap paper?";
const ANSWER = [
  "Cheap paper drinks. Good writing paper is sized: coated with a little starch or gelatine that keeps water on the surface. Without it every fibre is a wick, and draws the ink sideways along itself. That is the feathering you see.",
  "Two things slow it down: paper sized for ink, and a drier nib.",
];
const WORDS = ANSWER.map((paragraph) => paragraph.split(" "));
const TOTAL = WORDS.flat().length;

/** The word at which the connection is lost, and for how many beats. */
const LOST_AT = 24;
const LOST_FOR = 22;
const BEAT_MS = 70;

type Connection = "whole" | "lost" | "back";

/** Where the scene stands after `beat` beats. */
function sceneAt(beat: number): { shown: number; connection: Connection } {
  if (beat < LOST_AT) return { shown: beat, connection: "whole" };
  if (beat < LOST_AT + LOST_FOR) return { shown: LOST_AT, connection: "lost" };
  const shown = Math.min(TOTAL, beat - LOST_FOR + 8);
  return { shown, connection: "back" };
}

const END = TOTAL + LOST_FOR;

/** An answer being written, losing its connection, and going on where it was: an illustration, not a recording. */
export function AnswerScene({ price }: { price: number }) {
  const [beat, setBeat] = useState(END);
  const [started, setStarted] = useState(false);
  const playing = started && beat < END;

  // It is there whole from the start, and begins to move once the page has nothing else to do.
  useEffect(() => {
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    return whenIdle(() => {
      setBeat(0);
      setStarted(true);
    });
  }, []);

  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setBeat((now) => now + 1), BEAT_MS);
    return () => clearInterval(timer);
  }, [playing]);

  const { shown, connection } = sceneAt(beat);
  const done = shown >= TOTAL;
  const press = () => {
    if (playing) return setBeat(END);
    setBeat(0);
    setStarted(true);
  };

  let index = 0;
  return (
    <figure className="self-start">
      <div className="border-ink border-t-2 pt-5">
        <p className="text-ink-soft text-sm">You</p>
        <p className="display mt-1 text-xl">{QUESTION}</p>
        <div className="mt-6 grid gap-4 text-lg leading-8">
          {WORDS.map((words) => (
            <p key={words[0]}>
              {words.map((word) => {
                const at = index++;
                return <span key={at} className={at < shown ? undefined : "opacity-0"}>{`${word} `}</span>;
              })}
            </p>
          ))}
        </div>
        <div className="mt-6 flex min-h-12 items-center justify-between gap-4 border-t pt-3 text-sm">
          <p className="text-ink-soft">
            {done && (
              <span className="animate-rise">
                <InkDrop className="mr-1 inline size-3.5 align-[-2px]" />
                {credits(price)} · answered by Gemini · carried on after a lost connection
              </span>
            )}
            {!done && connection === "lost" && <span className="animate-breathe">Connection lost. Still writing…</span>}
            {!done && connection === "back" && <span>Back. Nothing was lost.</span>}
            {!done && connection === "whole" && <span>Writing…</span>}
          </p>
          <button
            type="button"
            onClick={press}
            className="target shrink-0 text-ink underline decoration-line-strong underline-offset-4"
          >
            {playing ? "Skip" : "Play again"}
          </button>
        </div>
      </div>
      <figcaption className="sr-only">
        An illustration: an answer is written, the connection drops, and the answer carries on where it was.
      </figcaption>
    </figure>
  );
}
