import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { NoticeBanner } from "./notice-banner";

export const metadata: Metadata = { title: "Nothing here" };

export default function NotFound() {
  return (
    <>
      <NoticeBanner />
      <main id="main">
        <MessagePage
          title="Nothing is written here"
          actions={
            <>
              <Button asChild>
                <Link href="/chat">Go to your chats</Link>
              </Button>
              <Button asChild variant="outline">
                <Link href="/">Front page</Link>
              </Button>
            </>
          }
        >
          <p>The address may be mistyped, the page may have been removed, or it belongs to somebody else.</p>
        </MessagePage>
      </main>
    </>
  );
}
