"use client";

import { useOnline } from "../lib/use-online";

/** Says that there is no network, for as long as there is none. */
export function OfflineBar() {
  const online = useOnline();
  return (
    <div role="status" className="print:hidden">
      {!online && (
        <p className="animate-rise border-b bg-paper-sunk px-4 py-2 text-center text-sm">
          You are offline. What you write is kept; answers under way go on without you.
        </p>
      )}
    </div>
  );
}
