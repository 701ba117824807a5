import { RequestBox } from "../request-box";

const PLACES = [
  ["On every error", "in small type, with a button that copies it: ask the person who saw the error for it."],
  ["In the ledger", "each movement of credits has the id of the request behind it."],
  ["On answers, images and receipts", "below an image and a receipt, and on an answer's own receipt."],
  ["In each reply of the server", "as its header x-request-id, and in each log line of the request."],
] as const;

/** How to come by a request id, and where to put it. */
export function WhereIdsAre() {
  return (
    <div className="grid max-w-[68ch] gap-8">
      <div className="max-w-md">
        <RequestBox label="Paste a request id" />
      </div>
      <div>
        <h2 className="font-medium text-lg">Where to find one</h2>
        <dl className="mt-3 border-t">
          {PLACES.map(([where, how]) => (
            <div key={where} className="grid gap-x-6 border-b py-2.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
              <dt className="font-medium">{where}</dt>
              <dd className="text-ink-soft">{how}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-4 text-ink-soft">
          For administrators each of them leads to its story. Stories are kept for 30 days, and hold nothing of what
          people wrote or were answered.
        </p>
      </div>
    </div>
  );
}
