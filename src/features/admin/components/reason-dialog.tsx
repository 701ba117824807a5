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
}

/** A change by an operator: says what it will do, asks why, and shows here when it could not be made. */
export function ReasonDialog<I, O>({ trigger, title, consequence, ...form }: ReasonDialogProps<I, O>) {
  const [open, setOpen] = useState(false);
  const busy = useRef(false);
  const close = () => setOpen(false);

  return (
    // What is under way cannot be called back: its outcome is waited for here.
    <Dialog open={open} onOpenChange={(next) => !busy.current && setOpen(next)}>
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
