"use client";

import { type ReactNode, useRef, useState } from "react";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { ReasonForm, type ReasonFormProps } from "./reason-form";

interface ReasonDialogProps<I, O> extends Omit<ReasonFormProps<I, O>, "onBusy" | "onDone" | "onCancel"> {
  /** The button that opens it. */
  trigger: ReactNode;
  title: string;
  /** What will happen, before it does. */
  consequence: ReactNode;
  /** Called when it closes, whatever came of it. */
  onClose?: () => void;
}

/** A change by an operator: says what it will do, asks why, and shows here when it could not be made. */
export function ReasonDialog<I, O>({ trigger, title, consequence, onClose, ...form }: ReasonDialogProps<I, O>) {
  const [open, setOpen] = useState(false);
  const busy = useRef(false);
  // What is under way cannot be called back: its outcome is waited for here.
  const turn = (next: boolean) => {
    if (busy.current) return;
    setOpen(next);
    if (!next) onClose?.();
  };
  const close = () => turn(false);

  return (
    <Dialog open={open} onOpenChange={turn}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} description={consequence}>
        <ReasonForm
          {...form}
          onBusy={(now) => {
            busy.current = now;
          }}
          onDone={close}
          onCancel={close}
        />
      </DialogContent>
    </Dialog>
  );
}
