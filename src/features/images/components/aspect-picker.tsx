"use client";

import { RadioGroup } from "radix-ui";
import { ASPECT_RATIOS, type AspectRatio } from "@/shared/image-shapes";
import { ratioOf } from "../model/image-request";

const LONG_SIDE = 22;

const SHAPE_NAMES: Record<AspectRatio, string> = {
  "1:1": "square",
  "16:9": "wide",
  "9:16": "tall",
  "4:3": "landscape",
  "3:4": "portrait",
  "3:2": "photograph",
  "2:3": "poster",
};

/** The shape of the image, each drawn as it is. */
export function AspectPicker({ value, onChange }: { value: AspectRatio; onChange: (shape: AspectRatio) => void }) {
  const choose = (next: string) => {
    const shape = ASPECT_RATIOS.find((candidate) => candidate === next);
    if (shape) onChange(shape);
  };

  return (
    <RadioGroup.Root
      aria-label="Shape"
      value={value}
      onValueChange={choose}
      orientation="horizontal"
      className="-mx-1.5 flex flex-wrap"
    >
      {ASPECT_RATIOS.map((shape) => {
        const ratio = ratioOf(shape);
        return (
          <RadioGroup.Item
            key={shape}
            value={shape}
            aria-label={`${shape}, ${SHAPE_NAMES[shape]}`}
            className="group grid h-16 w-12 justify-items-center gap-1.5 rounded-md py-2 text-ink-soft hover:text-ink data-[state=checked]:text-ink"
          >
            <span className="grid size-6 place-items-center">
              <span
                aria-hidden
                className="block rounded-[2px] border border-current group-data-[state=checked]:bg-current"
                style={{
                  width: ratio >= 1 ? LONG_SIDE : LONG_SIDE * ratio,
                  height: ratio >= 1 ? LONG_SIDE / ratio : LONG_SIDE,
                }}
              />
            </span>
            <span className="text-sm group-data-[state=checked]:font-medium">{shape}</span>
          </RadioGroup.Item>
        );
      })}
    </RadioGroup.Root>
  );
}
