import { sleep } from "@/server/lib/clock";
import type { Balance } from "@/shared/common";
import { onBalance } from "./balance-events";
import { getBalance } from "./get-balance";

/** Changes made by another process are seen this late. */
const POLL_MS = 5_000;

/** The balance now, and again whenever it changes, until `signal` aborts. */
export async function* watchBalance(userId: string, signal: AbortSignal): AsyncGenerator<Balance> {
  let shown: Balance | undefined;
  while (!signal.aborted) {
    const wake = new AbortController();
    const off = onBalance(userId, () => wake.abort());
    try {
      const balance = await getBalance(userId);
      if (!same(balance, shown)) {
        shown = balance;
        yield balance;
      }
      await sleep(POLL_MS, AbortSignal.any([signal, wake.signal])).catch(() => wake.abort());
    } finally {
      off();
    }
  }
}

const same = (a: Balance, b: Balance | undefined) =>
  b !== undefined && a.available === b.available && a.held === b.held && a.owed === b.owed;
