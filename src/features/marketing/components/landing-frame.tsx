import Link from "next/link";
import { ThemeChoice } from "@/components/theme-choice";
import { Button } from "@/components/ui/button";
import { Wordmark } from "@/components/wordmark";

const inPage = "target hidden text-ink-soft hover:text-ink md:inline";

export function LandingHeader({ signedIn }: { signedIn: boolean }) {
  return (
    <header className="flex h-18 items-center justify-between gap-4">
      <Link href="/" className="target" aria-label="Inkwell, front page">
        <Wordmark />
      </Link>
      <nav aria-label="Main" className="flex items-center gap-6">
        <a href="#promises" className={inPage}>
          Promises
        </a>
        <a href="#images" className={inPage}>
          Images
        </a>
        <a href="#prices" className={inPage}>
          Prices
        </a>
        {signedIn ? (
          <Button asChild variant="outline" size="sm">
            <Link href="/chat">Your studio</Link>
          </Button>
        ) : (
          <>
            <Link href="/sign-in" className="target text-ink hover:underline hover:underline-offset-4">
              Sign in
            </Link>
            <Button asChild variant="outline" size="sm">
              <Link href="/sign-up">Sign up</Link>
            </Button>
          </>
        )}
      </nav>
    </header>
  );
}

export function LandingFooter({ signedIn }: { signedIn: boolean }) {
  return (
    <footer className="flex flex-wrap items-center justify-between gap-6 border-t py-8 text-ink-soft text-sm">
      <p className="flex items-center gap-4">
        <Wordmark />
        <span>Ink on paper, by the drop.</span>
      </p>
      <div className="flex flex-wrap items-center gap-6">
        {!signedIn && (
          <Link href="/sign-up" className="target hover:text-ink">
            Sign up
          </Link>
        )}
        <Link href="/status" className="target hover:text-ink">
          Status
        </Link>
        <ThemeChoice icons />
      </div>
    </footer>
  );
}
