"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";
import { Button } from "./button";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

const veil = "fade-in fixed inset-0 z-40 animate-in bg-veil duration-150";

interface DialogContentProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** A question that stands in front of the page until it is answered. */
export function DialogContent({ title, description, children }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className="fade-in zoom-in-98 fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[calc(100%-32px)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-in overflow-y-auto rounded-md border border-line-strong bg-paper-raised p-6 duration-150"
      >
        <Radix.Title className="display text-xl">{title}</Radix.Title>
        {description && <Radix.Description className="mt-2 text-ink-soft">{description}</Radix.Description>}
        <div className="mt-5">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}

interface DrawerContentProps {
  title: string;
  className?: string;
  children: ReactNode;
}

/** A page that slides in from the left edge: the list beside the text, on a phone. */
export function DrawerContent({ title, className, children }: DrawerContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          "slide-in-from-left fixed inset-y-0 left-0 z-50 flex w-[min(88vw,360px)] animate-in flex-col border-line border-r bg-paper pb-[env(safe-area-inset-bottom)] duration-200",
          className,
        )}
      >
        <div className="flex items-center justify-between pt-2 pr-2 pl-4">
          <Radix.Title className="display text-lg">{title}</Radix.Title>
          <Radix.Close asChild>
            <Button variant="quiet" size="icon" aria-label="Close">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
