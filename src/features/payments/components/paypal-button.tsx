"use client";

import {
  PayPalButtons,
  type PayPalButtonsComponentProps,
  PayPalScriptProvider,
  usePayPalScriptReducer,
} from "@paypal/react-paypal-js";
import { useState } from "react";
import { useNonce } from "@/components/nonce";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Shop } from "@/shared/payments";
import { useLate } from "../hooks/use-late";

const SCRIPT_MS = 10_000;

/** What the two scripts differ in. Both may be on one page, so each has a name of its own in the window. */
const SCRIPTS = {
  pack: { intent: "capture", dataNamespace: "paypalForPacks" },
  subscription: { intent: "subscription", vault: true, dataNamespace: "paypalForSubscription" },
} as const;

type ApproveHandler = NonNullable<PayPalButtonsComponentProps["onApprove"]>;

interface PayPalButtonProps {
  shop: Shop;
  kind: keyof typeof SCRIPTS;
  /** What pressing it is for, spoken. */
  label: string;
  disabled: boolean;
  /** Makes the order or the subscription, and gives its id. */
  create: () => Promise<string>;
  onApprove: (...approved: Parameters<ApproveHandler>) => Promise<void>;
  onCancel: () => void;
  onError: () => void;
  /** Goes to PayPal's own site instead. */
  onLeave: () => void;
}

/** PayPal's own button, by PayPal's own script; or, where that is kept away, the way to PayPal's site. */
export function PayPalButton(props: PayPalButtonProps) {
  const { shop, kind } = props;
  const nonce = useNonce();
  const [attempt, setAttempt] = useState(0);
  const options = {
    clientId: shop.clientId,
    currency: shop.currency,
    components: "buttons",
    ...SCRIPTS[kind],
    ...(nonce ? { dataCspNonce: nonce } : {}),
    ...(shop.sdkBaseUrl ? { sdkBaseUrl: shop.sdkBaseUrl } : {}),
  };

  return (
    <PayPalScriptProvider key={attempt} options={options}>
      <ScriptedButton {...props} onTryAgain={() => setAttempt(attempt + 1)} />
    </PayPalScriptProvider>
  );
}

function ScriptedButton(props: PayPalButtonProps & { onTryAgain: () => void }) {
  const { kind, label, disabled, create, onApprove, onCancel, onError, onLeave, onTryAgain } = props;
  const [{ isRejected }] = usePayPalScriptReducer();
  const [drawn, setDrawn] = useState(false);
  const [broken, setBroken] = useState(false);
  const late = useLate(!drawn, SCRIPT_MS);
  const missing = !drawn && (isRejected || broken || late);
  const instead = <PayPalInstead kind={kind} disabled={disabled} onLeave={onLeave} onTryAgain={onTryAgain} />;

  return (
    <fieldset aria-label={label}>
      {missing && instead}
      {!drawn && !missing && <div role="status" aria-label="PayPal's button is on its way" className="skeleton h-11" />}
      {/* PayPal draws for light pages only; `isolate` keeps what it lays above itself out of our own layers. */}
      <div className={drawn ? "isolate scheme-light dark:rounded-md dark:bg-ink dark:p-3" : undefined}>
        <PayPalButtons
          style={{ layout: "vertical", shape: "rect", color: "black", label: kind === "pack" ? "pay" : "subscribe" }}
          disabled={disabled}
          {...(kind === "pack" ? { createOrder: create } : { createSubscription: create })}
          onInit={() => setDrawn(true)}
          onApprove={onApprove}
          onCancel={onCancel}
          onError={() => {
            if (drawn) onError();
            else setBroken(true);
          }}
        >
          {instead}
        </PayPalButtons>
      </div>
    </fieldset>
  );
}

interface PayPalInsteadProps {
  kind: keyof typeof SCRIPTS;
  disabled: boolean;
  onLeave: () => void;
  onTryAgain: () => void;
}

/** What is offered when PayPal's button does not come. */
function PayPalInstead({ kind, disabled, onLeave, onTryAgain }: PayPalInsteadProps) {
  return (
    <Notice
      role="status"
      title="PayPal's button did not load"
      actions={
        <>
          <Button disabled={disabled} onClick={onLeave}>
            {kind === "pack" ? "Pay on PayPal's site" : "Subscribe on PayPal's site"}
          </Button>
          <Button variant="outline" disabled={disabled} onClick={onTryAgain}>
            Try the button again
          </Button>
        </>
      }
    >
      A content blocker or the network keeps it away. PayPal's own site does the same, and brings you back here
      afterwards.
    </Notice>
  );
}
