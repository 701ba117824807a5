import type { LedgerEntry } from "@/shared/credits";

const FILTERS = ["all", "spent", "returned", "received", "taken", "adjusted"] as const;

/** Which movements the reader wants to see. */
export type LedgerFilter = (typeof FILTERS)[number];

export const FILTER_CHOICES: { value: LedgerFilter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "spent", label: "Spent" },
  { value: "returned", label: "Given back" },
  { value: "received", label: "Received" },
  { value: "taken", label: "Taken back" },
  { value: "adjusted", label: "Adjusted" },
];

const TYPES: Record<LedgerFilter, LedgerEntry["type"] | undefined> = {
  all: undefined,
  spent: "CAPTURE",
  returned: "RELEASE",
  received: "GRANT",
  taken: "REFUND",
  adjusted: "ADJUST",
};

/** What of the ledger a filter shows; all of it without a type. */
export function ledgerQuery(filter: LedgerFilter) {
  const type = TYPES[filter];
  return { limit: 20, ...(type ? { type } : {}) };
}

/** The name of the filter in the page's address. */
export const FILTER_PARAM = "credits";

/** Reads the filter out of an address; what is not one shows everything. */
export function readFilter(value: unknown): LedgerFilter {
  return FILTERS.find((filter) => filter === value) ?? "all";
}
