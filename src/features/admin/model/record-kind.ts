import { z } from "zod";

const KINDS = ["ledger", "purchases", "conversations", "images", "sessions"] as const;

/** Which of a person's records an address asks for. */
export const readRecordKind = (value: unknown): (typeof KINDS)[number] => z.enum(KINDS).catch("ledger").parse(value);
