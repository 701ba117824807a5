import { customAlphabet } from "nanoid";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Seventeen characters, as PayPal names orders, captures, refunds and sales. */
export const newId = customAlphabet(ALPHABET, 17);

export const newSubscriptionId = () => `I-${customAlphabet(ALPHABET, 12)()}`;
export const newAgreementToken = () => `BA-${newId()}`;
export const newDisputeId = () => `PP-D-${customAlphabet("0123456789", 8)()}`;
export const newEventId = () => `WH-${newId()}-${newId()}`;
/** What PayPal asks for when something went wrong. */
export const newDebugId = customAlphabet("0123456789abcdef", 13);
