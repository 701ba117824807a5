import type { Metadata } from "next";
import Link from "next/link";
import { PageFrame } from "@/components/shell/page-frame";
import { RecentChats } from "@/features/chat/components/recent-chats";
import { BalancePanel } from "@/features/credits/components/balance-panel";
import { Ledger } from "@/features/credits/components/ledger";
import { RecentImages } from "@/features/images/components/recent-images";
import { api } from "@/trpc/server";
import { requireUser } from "../require-user";

export const metadata: Metadata = { title: "Dashboard" };

const RECENT = 6;
const more = "target text-ink-soft text-sm underline decoration-line-strong underline-offset-4 hover:text-ink";

export default async function DashboardPage() {
  const me = await requireUser("/dashboard");
  const caller = await api();
  const [chats, images, history] = await Promise.all([
    caller.chat.list({ limit: RECENT }),
    caller.image.list({ limit: RECENT }),
    caller.credits.history({ limit: 20 }),
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
          <h2 id="ledger-title" className="display mb-3 text-xl">
            Where your credits went
          </h2>
          <Ledger initial={history} />
        </section>
      </div>
    </PageFrame>
  );
}
