"use client";

import { useState } from "react";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type AdminPayment, refundInput } from "@/shared/admin";
import { formatMoney, toDecimal } from "@/shared/money";
import { trpc } from "@/trpc/react";
import { afterRefund, creditsTaken, readAmount } from "../../model/refund";
import { ReasonDialog } from "../reason-dialog";

interface RefundProps {
  payment: AdminPayment;
  onRefund: (after: AdminPayment) => void;
  /** What could not be said in the dialog may be known by now. */
  onClose: () => void;
}

/** Gives money back at PayPal, all of it or a part. */
export function Refund({ payment, onRefund, onClose }: RefundProps) {
  const refund = trpc.admin.refund.useMutation({ onSuccess: onRefund });
  const { id: purchaseId, refundable, sandbox, user } = payment;
  const { currency } = payment.price;
  const left = formatMoney({ amount: refundable, currency });
  const schema = refundInput.refine(({ amount = 0 }) => amount <= refundable, {
    path: ["amount"],
    message: `No more than ${left} is left.`,
  });

  return (
    <ReasonDialog
      trigger={<Button>Refund…</Button>}
      onClose={onClose}
      title={`Refund ${user.email ?? "the buyer"}`}
      consequence={`PayPal sends the money back to where it came from, and the credits it bought are taken. This cannot be undone.${sandbox ? " It was play money: no real money moves." : ""}`}
      schema={schema}
      input={({ values, reason, idempotencyKey }) => ({
        purchaseId,
        amount: readAmount(values.amount, currency),
        reason,
        idempotencyKey,
      })}
      send={(input) => refund.mutateAsync(input)}
      done={({ refunded }) =>
        refunded.amount > payment.refunded.amount
          ? `${formatMoney({ amount: refunded.amount - payment.refunded.amount, currency })} refunded.`
          : "PayPal has the refund and has not finished it yet."
      }
      action="Refund"
      acting="Refunding…"
    >
      {(errorOf) => <AmountField payment={payment} error={errorOf("amount")} />}
    </ReasonDialog>
  );
}

function AmountField({ payment, error }: { payment: AdminPayment; error: string | undefined }) {
  const { currency } = payment.price;
  const [text, setText] = useState(toDecimal({ amount: payment.refundable, currency }));
  const amount = readAmount(text, currency);

  return (
    <Field
      label={`Amount in ${currency}`}
      error={error}
      hint={
        amount <= payment.refundable ? (
          <Outcome payment={payment} amount={amount} />
        ) : (
          `${formatMoney({ amount: payment.refundable, currency })} is left to refund.`
        )
      }
    >
      {(control) => (
        <Input
          {...control}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          maxLength={13}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What it does to the buyer's credits. */
function Outcome({ payment, amount }: { payment: AdminPayment; amount: number }) {
  const { email, id: userId } = payment.user;
  const { data: user } = trpc.admin.user.useQuery({ userId }, { enabled: email !== undefined, staleTime: 0 });
  const taken = creditsTaken(payment, amount);
  if (taken === 0) return <p>No credits are taken.</p>;
  if (!user) return <p>{credits(taken)} will be taken.</p>;
  const { available, owed } = afterRefund(user.balance, taken);

  return (
    <p>
      <span className="font-medium text-ink">{credits(taken)} will be taken</span>: of{" "}
      {user.balance.available.toLocaleString("en")}, {available.toLocaleString("en")} stay
      {owed > 0 && (
        <>
          , and <span className="font-medium text-ink">{credits(owed)} spent already will be owed</span>
        </>
      )}
      .
    </p>
  );
}
