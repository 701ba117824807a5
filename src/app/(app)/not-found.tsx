import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export default function StudioNotFound() {
  return (
    <MessagePage
      title="Nothing is written here"
      actions={
        <>
          <Button asChild>
            <Link href="/chat">New chat</Link>
          </Button>
          <Button asChild variant="outline">
            <Link href="/images">Your images</Link>
          </Button>
        </>
      }
    >
      <p>It may have been removed, or it belongs to somebody else.</p>
    </MessagePage>
  );
}
