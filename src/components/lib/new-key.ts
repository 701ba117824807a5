import { nanoid } from "nanoid";

/** A fresh idempotency key: one for each thing the user means to happen once. */
export const newKey = () => nanoid(24);
