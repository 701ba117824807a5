"use client";

import { Label } from "radix-ui";
import { type ReactNode, useId } from "react";

/** What a control must carry to belong to its label, hint and error. */
export interface FieldControl {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

interface FieldProps {
  label: string;
  hint?: ReactNode | undefined;
  error?: string | undefined;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** A labelled control with its hint, and its error in place. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [error ? errorId : "", hint ? hintId : ""].filter(Boolean).join(" ");

  return (
    <div className="grid gap-1.5">
      <Label.Root htmlFor={id} className="flex items-baseline justify-between font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-ink-soft">optional</span>}
      </Label.Root>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": describedBy || undefined })}
      {error && (
        <p id={errorId} role="alert" className="animate-rise border-ink border-l-2 pl-2 text-sm">
          {error}
        </p>
      )}
      {hint && (
        <div id={hintId} className="text-ink-soft text-sm">
          {hint}
        </div>
      )}
    </div>
  );
}
