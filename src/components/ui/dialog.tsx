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

const sheet =
  "fade-in zoom-in-98 fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[calc(100%-32px)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-in overflow-y-auto rounded-md border border-line-strong bg-paper-raised p-6 duration-150";

/** A question that stands in front of the page until it is answered. */
export function DialogContent({ title, description, children }: DialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content {...(description ? {} : { "aria-describedby": undefined })} className={sheet}>
        <Radix.Title className="display text-xl">{title}</Radix.Title>
        {description && <Radix.Description className="mt-2 text-ink-soft">{description}</Radix.Description>}
        <div className="mt-5">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}

/**
 * The same for a `Dialog modal={false}` over which a stranger's script may lay windows of its own: a modal dialog would
 * take every click and key away from those. Whoever opens it makes the page behind it `inert`.
 */
export function PermeableDialogContent({ title, description, children }: DialogContentProps) {
  return (
    <Radix.Portal>
      <div aria-hidden className={veil} />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        aria-modal
        className={sheet}
        onInteractOutside={(event) => event.preventDefault()}
      >
        <div className="flex items-start justify-between gap-4">
          <Radix.Title className="display text-xl">{title}</Radix.Title>
          <Radix.Close asChild>
            <Button variant="quiet" size="icon" aria-label="Close" className="-mt-2 -mr-3">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </div>
        {description && <Radix.Description className="mt-1 text-ink-soft">{description}</Radix.Description>}
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
