"use client";

import { createContext, type ReactNode, useContext, useState } from "react";

const Context = createContext<string | undefined>(undefined);

/**
 * Keeps the script nonce the document came with. A page drawn later, without a new document, brings a nonce of its
 * own, which the document's policy does not know.
 */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [own] = useState(nonce);
  return <Context value={own}>{children}</Context>;
}

/** The nonce that scripts from elsewhere have to carry in this document. */
export const useNonce = () => useContext(Context);
