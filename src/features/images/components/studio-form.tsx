"use client";

import { Dices, X } from "lucide-react";
import { type RefObject, type SubmitEvent, useId } from "react";
import TextareaAutosize from "react-textarea-autosize";
import { credits } from "@/components/lib/format";
import { onEnter, onFirstClick } from "@/components/lib/press-once";
import { useEarlyWriting } from "@/components/lib/use-early-writing";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Tooltip } from "@/components/ui/tooltip";
import { IMAGE_PROMPT_MAX } from "@/shared/image-shapes";
import type { ImageRequest } from "../model/image-request";
import { AspectPicker } from "./aspect-picker";

const SEED_MAX = 2_147_483_647;
const COUNTS = [1, 2, 3, 4] as const;

interface StudioFormProps {
  request: ImageRequest;
  onChange: (request: ImageRequest) => void;
  onMake: () => void;
  most: number;
  cost: number | undefined;
  affordable: boolean;
  /** Buys what is missing, then makes the pictures; absent where credits are not sold. */
  onBuy: (() => void) | undefined;
  prompt: RefObject<HTMLTextAreaElement | null>;
}

/** Where a picture is described; the price stands on the button. */
export function StudioForm({ request, onChange, onMake, most, cost, affordable, onBuy, prompt }: StudioFormProps) {
  const ids = useId();
  const setPrompt = (text: string) => onChange({ ...request, prompt: text });
  useEarlyWriting(prompt, setPrompt);
  const act = affordable ? onMake : onBuy;
  const sendable = act !== undefined && request.prompt.trim() !== "";
  const send = () => {
    if (sendable) act();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    send();
  };
  const setSeed = (text: string) => {
    const digits = text.replace(/\D/g, "").slice(0, 10);
    onChange({ ...request, seed: digits === "" ? undefined : Math.min(Number(digits), SEED_MAX) });
  };

  return (
    <form onSubmit={submit} className="rounded-md border border-line-strong bg-paper-raised focus-within:border-ink">
      <label htmlFor={`${ids}-prompt`} className="sr-only">
        Describe the picture
      </label>
      <TextareaAutosize
        id={`${ids}-prompt`}
        ref={prompt}
        value={request.prompt}
        onChange={(event) => setPrompt(event.target.value)}
        onKeyDown={onEnter(send)}
        minRows={2}
        maxRows={8}
        maxLength={IMAGE_PROMPT_MAX}
        placeholder="Describe a picture: what is in it, in what light, drawn how"
        className="block w-full resize-none bg-transparent px-4 pt-4 pb-2 text-lg outline-none sm:px-5"
      />
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3 sm:gap-x-8 px-4 pb-3 sm:px-5">
        <AspectPicker value={request.aspectRatio} onChange={(shape) => onChange({ ...request, aspectRatio: shape })} />
        <div className="grid gap-1">
          <span aria-hidden className="text-ink-soft text-sm">
            How many
          </span>
          <Segmented
            label="How many"
            className="-ml-3"
            value={String(request.count)}
            onChange={(count) => onChange({ ...request, count: Number(count) })}
            choices={COUNTS.map((count) => ({
              value: String(count),
              label: String(count),
              disabled: count > most,
              ...(count > most ? { name: `${count}, more than your account makes at a time` } : {}),
            }))}
          />
        </div>
        <div className="grid gap-1">
          <label htmlFor={`${ids}-seed`} className="text-ink-soft text-sm">
            Seed
          </label>
          <div className="flex items-center gap-1">
            <Input
              id={`${ids}-seed`}
              inputMode="numeric"
              value={request.seed ?? ""}
              onChange={(event) => setSeed(event.target.value)}
              placeholder="by chance"
              className="h-9 w-26 sm:w-36"
            />
            <Tooltip text="The same seed and prompt draw the same picture again">
              <Button
                variant="quiet"
                size="icon-sm"
                aria-label="Draw a seed"
                onClick={() => onChange({ ...request, seed: Math.floor(Math.random() * SEED_MAX) })}
              >
                <Dices aria-hidden />
              </Button>
            </Tooltip>
            {request.seed !== undefined && (
              <Button
                variant="quiet"
                size="icon-sm"
                aria-label="Leave the seed to chance"
                onClick={() => onChange({ ...request, seed: undefined })}
              >
                <X aria-hidden />
              </Button>
            )}
          </div>
        </div>
        <Button type="submit" className="ml-auto w-full sm:w-auto" aria-disabled={!sendable} onClick={onFirstClick()}>
          {affordable || !onBuy ? "Make" : "Buy credits to make"} {request.count}{" "}
          {request.count === 1 ? "image" : "images"}
          {cost !== undefined && affordable && <span className="font-normal">· {credits(cost)}</span>}
        </Button>
      </div>
      {most < COUNTS.length && (
        <p className="border-t px-4 py-2 text-ink-soft text-sm sm:px-5">
          Your account makes {most === 1 ? "one image" : `${most} images`} at a time; a subscription may allow more.
        </p>
      )}
    </form>
  );
}
