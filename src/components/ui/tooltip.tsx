"use client";

import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { placeBeside } from "../lib/place-beside";
import { Slot } from "../lib/slot";

/** Not at once, or a pointer on its way elsewhere would leave a trail of tooltips. */
const OPEN_MS = 300;
/** Long enough to move the pointer onto the words. */
const CLOSE_MS = 120;

interface TooltipProps {
  text: ReactNode;
  side?: "top" | "bottom";
  children: ReactNode;
}

/** A few words about the one thing inside it, on hover and on focus. */
export function Tooltip({ text, side = "top", children }: TooltipProps) {
  const id = useId();
  const [about, setAbout] = useState<Element>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = (next: Element | undefined, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAbout(next), delay);
  };
  const close = () => turn(undefined, 0);
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    if (!about) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setAbout(undefined);
    };
    const onScroll = () => setAbout(undefined);
    document.addEventListener("keydown", onKeyDown, { capture: true });
    window.addEventListener("scroll", onScroll, { capture: true, passive: true });
    return () => {
      document.removeEventListener("keydown", onKeyDown, { capture: true });
      window.removeEventListener("scroll", onScroll, { capture: true });
    };
  }, [about]);

  const onPointerEnter = (event: PointerEvent) => {
    if (event.pointerType !== "touch") turn(event.currentTarget, OPEN_MS);
  };

  return (
    <>
      <Slot
        {...(about ? { "aria-describedby": id } : {})}
        onPointerEnter={onPointerEnter}
        onPointerLeave={() => turn(undefined, CLOSE_MS)}
        onPointerDown={close}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && turn(event.currentTarget, 0)}
        onBlur={close}
      >
        {children}
      </Slot>
      {about &&
        createPortal(
          <div
            ref={(bubble) => {
              if (bubble) placeBeside(bubble, about, side);
            }}
            id={id}
            role="tooltip"
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={() => turn(undefined, CLOSE_MS)}
            className="fade-in fixed z-50 w-max max-w-72 animate-in rounded-md bg-ink px-2.5 py-1.5 text-paper text-sm duration-100"
          >
            {text}
          </div>,
          document.body,
        )}
    </>
  );
}
