"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { requestInput } from "@/shared/operations";
import { leaveTo } from "../hooks/use-leave-guard";

/** Takes the request id somebody quoted to its story. */
export function RequestBox({ label = "Find a request" }: { label?: string }) {
  const router = useRouter();
  const id = useId();
  const [error, setError] = useState<string>();

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const pasted = String(new FormData(form).get("requestId") ?? "").trim();
    const input = requestInput.safeParse({ requestId: pasted });
    if (!input.success) return setError(input.error.issues[0]?.message);
    setError(undefined);
    form.reset();
    leaveTo(() => router.push(`/admin/requests/${input.data.requestId}`));
  };

  return (
    <form onSubmit={submit} noValidate aria-label={label}>
      <div className="relative">
        <Input
          name="requestId"
          placeholder="Request id"
          aria-label="Request id"
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="pr-12 font-mono text-sm placeholder:font-sans"
          onChange={() => setError(undefined)}
        />
        <Button type="submit" variant="quiet" size="icon" aria-label="Find it" className="absolute inset-y-0 right-0">
          <ArrowRight aria-hidden />
        </Button>
      </div>
      {error && (
        <p id={id} role="alert" className="mt-1.5 animate-rise border-ink border-l-2 pl-2 text-sm">
          {error}
        </p>
      )}
    </form>
  );
}
