"use client";

import { useState } from "react";
import { credits, signed } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { UserDetail } from "@/shared/admin";
import type { Balance } from "@/shared/common";
import { adjustCreditsInput } from "@/shared/credits";
import { trpc } from "@/trpc/react";
import { useUserChanged } from "../../hooks/use-user-changed";
import { adjustedBalance, readCredits } from "../../model/adjusted-balance";
import { ReasonDialog } from "../reason-dialog";

const WAYS = [
  { value: "give", label: "Give" },
  { value: "take", label: "Take" },
] as const;
type Way = (typeof WAYS)[number]["value"];

const withSign = (way: string | undefined, amount: number) => (way === "take" ? -amount : amount);

/** Gives or takes credits by hand, with a reason their owner reads. */
export function AdjustCredits({ user }: { user: UserDetail }) {
  const changed = useUserChanged(user.id);
  const adjust = trpc.admin.adjustCredits.useMutation({ onSuccess: changed });

  return (
    <ReasonDialog
      trigger={<Button>Adjust credits…</Button>}
      title={`Adjust the credits of ${user.name}`}
      consequence="It shows in their balance at once, and in their ledger for good."
      schema={adjustCreditsInput}
      input={({ values, reason, idempotencyKey }) => ({
        userId: user.id,
        amount: withSign(values.way, readCredits(values.amount)),
        reason,
        idempotencyKey,
      })}
      send={(input) => adjust.mutateAsync(input)}
      done={({ available }) => `Adjusted. ${user.name} has ${credits(available)} to spend.`}
      action="Adjust"
      acting="Adjusting…"
      reasonHint="They read it in their ledger; it stands in the audit log too."
    >
      {(errorOf) => <AmountFields balance={user.balance} error={errorOf("amount")} />}
    </ReasonDialog>
  );
}

function AmountFields({ balance, error }: { balance: Balance; error: string | undefined }) {
  const [way, setWay] = useState<Way>("give");
  const [text, setText] = useState("");
  const amount = withSign(way, readCredits(text));

  return (
    <div className="grid gap-3">
      <input type="hidden" name="way" value={way} />
      <Segmented label="Give or take" value={way} choices={WAYS} onChange={setWay} className="-ml-3" />
      <Field label="Credits" error={error} hint={<Outcome balance={balance} amount={amount} />}>
        {(control) => (
          <Input
            {...control}
            name="amount"
            inputMode="numeric"
            autoComplete="off"
            maxLength={9}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}

function Outcome({ balance, amount }: { balance: Balance; amount: number }) {
  const { available, owed } = balance;
  const now = `${credits(available)} to spend${owed > 0 ? `, ${owed.toLocaleString("en")} owed` : ""}`;
  if (!Number.isSafeInteger(amount)) return <p>Now: {now}.</p>;
  const after = adjustedBalance(balance, amount);
  if (!after) return <p>There are only {credits(available)} to take.</p>;
  const repaid = owed - after.owed;

  return (
    <p>
      <span className="font-medium text-ink">{signed(amount)}</span>: {now}, then{" "}
      <span className="font-medium text-ink">{credits(after.available)}</span>
      {repaid > 0 && `; ${repaid.toLocaleString("en")} of it repays what is owed`}.
    </p>
  );
}
