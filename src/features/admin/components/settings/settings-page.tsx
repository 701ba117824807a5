"use client";

import { Notice } from "@/components/ui/notice";
import { Timestamp } from "@/components/ui/timestamp";
import type { SettingsInForce } from "@/shared/settings";
import { useSettingsForm } from "../../hooks/use-settings-form";
import { AccessSettings } from "./access-settings";
import { FeatureSettings } from "./feature-settings";
import { LimitSettings } from "./limit-settings";
import { PackSettings } from "./pack-settings";
import { PriceSettings } from "./price-settings";
import { ProviderSettings } from "./provider-settings";
import { SettingsFrame } from "./settings-frame";
import { SettingsHistory } from "./settings-history";

/** Everything that can be changed while the instance runs, and every version there was of it. */
export function SettingsPage({ initial }: { initial: SettingsInForce }) {
  const form = useSettingsForm(initial);
  const { version, changedByEmail, at } = form.current;

  return (
    <>
      <div className="mb-8">
        {version === 0 ? (
          <Notice title="Nobody has saved settings yet: the environment's values hold">
            From the first time you save here, prices, packs, the bonus and the models' names in the environment no
            longer count.
          </Notice>
        ) : (
          <p className="text-ink-soft">
            Version {version}, saved by {changedByEmail ?? "somebody who is gone"}
            {at && (
              <>
                {" "}
                on <Timestamp at={at} full />
              </>
            )}
            . Prices, packs, the bonus and the models' names in the environment no longer count.
          </p>
        )}
      </div>
      <SettingsFrame form={form}>
        <PriceSettings form={form} />
        <PackSettings form={form} />
        <LimitSettings form={form} />
        <FeatureSettings form={form} />
        <AccessSettings form={form} />
        <ProviderSettings form={form} />
      </SettingsFrame>
      <SettingsHistory form={form} />
    </>
  );
}
