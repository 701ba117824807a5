import type { ReactNode } from "react";
import { AppHeader } from "@/components/shell/app-header";
import { OfflineBar } from "@/components/shell/offline-bar";
import { ThemeToggle } from "@/components/theme-toggle";
import { Toaster } from "@/components/ui/toaster";
import { AccountMenu } from "@/features/account/components/account-menu";
import { MeProvider } from "@/features/account/components/me-provider";
import { ChatThreadsProvider } from "@/features/chat/hooks/chat-threads-provider";
import { BalanceBadge } from "@/features/credits/components/balance-badge";
import { BuyCreditsProvider } from "@/features/payments/components/buy-credits-provider";
import { TRPCReactProvider } from "@/trpc/react";
import { getSessionUser } from "@/trpc/server";
import { StudioNoticeBanner } from "./studio-notice-banner";
import { StudioSandboxBanner } from "./studio-sandbox-banner";

/** The studio around every signed-in page. Each page sends strangers away itself, to come back to it later. */
export default async function StudioLayout({ children }: { children: ReactNode }) {
  const me = await getSessionUser();
  if (!me) return children;

  return (
    <TRPCReactProvider>
      <MeProvider initial={me}>
        <ChatThreadsProvider>
          <BuyCreditsProvider>
            <div className="flex min-h-dvh flex-col has-data-frame:h-dvh has-data-frame:overflow-hidden">
              <AppHeader>
                <BalanceBadge me={me} />
                <ThemeToggle />
                <AccountMenu initial={me} />
              </AppHeader>
              <StudioNoticeBanner />
              <StudioSandboxBanner />
              <OfflineBar />
              <main id="main" className="flex min-h-0 flex-1 flex-col">
                {children}
              </main>
            </div>
          </BuyCreditsProvider>
        </ChatThreadsProvider>
      </MeProvider>
      <Toaster />
    </TRPCReactProvider>
  );
}
