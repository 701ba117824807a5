import type { Metadata } from "next";
import { SettingsSection } from "@/components/settings-section";
import { PageFrame } from "@/components/shell/page-frame";
import { ThemeChoice } from "@/components/theme-choice";
import { ChangePasswordForm } from "@/features/account/components/change-password-form";
import { DeleteAccount } from "@/features/account/components/delete-account";
import { ProfileForm } from "@/features/account/components/profile-form";
import { SignOutEverywhere } from "@/features/account/components/sign-out-everywhere";
import { SubscriptionSettings } from "@/features/payments/components/subscription-settings";
import { api } from "@/trpc/server";
import { requireUser } from "../require-user";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const me = await requireUser("/settings");
  const subscription = await (await api()).payments.subscription();

  return (
    <PageFrame title="Settings" className="max-w-4xl">
      <SettingsSection title="Profile" lead="Your name is shown to you alone.">
        <ProfileForm me={me} />
      </SettingsSection>
      <SettingsSection title="Theme" lead="Kept in this browser.">
        <ThemeChoice />
      </SettingsSection>
      <SettingsSection
        id="subscription"
        title="Subscription"
        lead="Credits every period, the smart model, several images at a time."
      >
        <SubscriptionSettings initial={subscription} />
      </SettingsSection>
      <SettingsSection title="Password" lead="Changing it signs out every other browser.">
        <ChangePasswordForm email={me.email} />
      </SettingsSection>
      <SettingsSection title="Sessions" lead="If you left yourself signed in somewhere.">
        <SignOutEverywhere />
      </SettingsSection>
      <SettingsSection title="Delete account" lead="Your chats, your images and your remaining credits go with it.">
        <DeleteAccount />
      </SettingsSection>
    </PageFrame>
  );
}
