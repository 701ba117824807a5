import { credits } from "@/components/lib/format";
import type { Prices } from "@/shared/prices";
import { PackPrices } from "./pack-prices";

/** The prices as a menu would write them. */
export function PriceList({ prices }: { prices: Prices }) {
  const lines = [
    { what: "A question, fast", note: "short waits, everyday work", price: credits(prices.chat.fast) },
    { what: "A question, smart", note: "the larger model, for subscribers", price: credits(prices.chat.smart) },
    { what: "An image", note: "any shape, original size", price: credits(prices.image) },
    { what: "A question asked before", note: "within a day", price: "free" },
    { what: "An answer that failed", note: "whoever was at fault", price: "free" },
  ];

  return (
    <section
      id="prices"
      aria-labelledby="prices-title"
      className="below grid gap-10 border-t py-20 lg:grid-cols-[2fr_3fr]"
    >
      <div>
        <h2 id="prices-title" className="display text-4xl">
          Prices, plainly
        </h2>
        <p className="mt-4 max-w-[40ch] text-ink-soft">
          You begin with {credits(prices.signUpBonus)}. Every movement of every credit is written in one ledger that you
          can read, with its reason.
        </p>
        <PackPrices />
      </div>
      <dl>
        {lines.map((line) => (
          <div key={line.what} className="flex items-baseline gap-3 border-b py-4 first:border-t">
            <dt className="text-lg">
              {line.what} <span className="block text-ink-soft text-sm sm:ml-2 sm:inline">{line.note}</span>
            </dt>
            <dd className="display ml-auto whitespace-nowrap text-xl">{line.price}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
