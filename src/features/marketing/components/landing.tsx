import Link from "next/link";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import type { Prices } from "@/shared/prices";
import { AnswerScene } from "./answer-scene";
import { LandingFooter, LandingHeader } from "./landing-frame";
import { PictureWall } from "./picture-wall";
import { PriceList } from "./price-list";
import { Promises } from "./promises";
import { SelfHosting } from "./self-hosting";

/** The front page: what Inkwell is for, what it promises, what it costs. */
export function Landing({ signedIn, prices }: { signedIn: boolean; prices: Prices }) {
  return (
    <div className="mx-auto max-w-7xl px-5 sm:px-10">
      <LandingHeader signedIn={signedIn} />
      <main id="main">
        <section className="grid gap-12 pt-12 pb-20 sm:pt-20 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)] lg:gap-20 lg:pb-28">
          <div className="lg:pt-8">
            <h1 className="display text-5xl sm:text-7xl">
              Ask anything. Draw anything. <em className="block font-normal">Pay for what arrives.</em>
            </h1>
            <p className="mt-8 max-w-[46ch] text-ink-soft text-lg">
              Inkwell is a quiet studio for chat and images. Answers outlive a lost connection, the price stands on the
              button before you press it, and nothing is charged until it is delivered.
            </p>
            <div className="mt-10 flex flex-wrap items-center gap-x-6 gap-y-3">
              <Button asChild>
                <Link href={signedIn ? "/chat" : "/sign-up"}>
                  {signedIn ? "Open your studio" : `Start with ${credits(prices.signUpBonus)}, free`}
                </Link>
              </Button>
              {!signedIn && (
                <Link href="/sign-in" className="target text-ink underline decoration-line-strong underline-offset-4">
                  I have an account
                </Link>
              )}
            </div>
          </div>
          <AnswerScene price={prices.chat.fast} />
        </section>
        <Promises />
        <PictureWall price={prices.image} />
        <PriceList prices={prices} />
        <SelfHosting />
      </main>
      <LandingFooter signedIn={signedIn} />
    </div>
  );
}
