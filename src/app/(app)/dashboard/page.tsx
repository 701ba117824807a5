import type { Metadata } from "next";
import Link from "next/link";
import { PageFrame } from "@/components/shell/page-frame";
import { RecentChats } from "@/features/chat/components/recent-chats";
import { BalancePanel } from "@/features/credits/components/balance-panel";
import { DownloadLedger } from "@/features/credits/components/download-ledger";
import { Ledger } from "@/features/credits/components/ledger";
import { FILTER_PARAM, ledgerQuery, readFilter } from "@/features/credits/ledger-filter";
import { RecentImages } from "@/features/images/components/recent-images";
import { PurchaseHistory } from "@/features/payments/components/purchase-history";
import { api } from "@/trpc/server";
import { requireUser } from "../require-user";

export const metadata: Metadata = { title: "Dashboard" };

const RECENT = 6;
const more = "target text-ink-soft text-sm underline decoration-line-strong underline-offset-4 hover:text-ink";

interface DashboardPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DashboardPage({ searchParams }: DashboardPageProps) {
  const me = await requireUser("/dashboard");
  const filter = readFilter((await searchParams)[FILTER_PARAM]);
  const caller = await api();
  const [chats, images, history, purchases] = await Promise.all([
    caller.chat.list({ limit: RECENT }),
    caller.image.list({ limit: RECENT }),
    caller.credits.history(ledgerQuery(filter)),
    caller.payments.history({ limit: 10 }),
  ]);

  return (
    <PageFrame title={`Good to see you, ${me.name}`}>
      <div className="grid gap-x-16 gap-y-14 grid-cols-1 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <section aria-label="Balance">
          <BalancePanel initial={me.balance} />
        </section>
        <section aria-labelledby="chats-title">
          <div className="mb-3 flex items-baseline justify-between">
            <h2 id="chats-title" className="display text-xl">
              Recent chats
            </h2>
            <Link href="/chat" className={more}>
              New chat
            </Link>
          </div>
          <RecentChats items={chats.items} />
        </section>
        <section aria-labelledby="images-title" className="lg:col-span-2">
          <div className="mb-3 flex items-baseline justify-between">
            <h2 id="images-title" className="display text-xl">
              Recent images
            </h2>
            <Link href="/images" className={more}>
              All images
            </Link>
          </div>
          <RecentImages images={images.items} />
        </section>
        <section aria-labelledby="ledger-title" className="lg:col-span-2">
          <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
            <h2 id="ledger-title" className="display text-xl">
              Where your credits went
            </h2>
            <DownloadLedger />
          </div>
          <Ledger initial={history} initialFilter={filter} />
        </section>
        <section aria-labelledby="purchases-title" className="lg:col-span-2">
          <h2 id="purchases-title" className="display mb-3 text-xl">
            What you bought
          </h2>
          <PurchaseHistory initial={purchases} />
        </section>
      </div>
    </PageFrame>
  );
}
