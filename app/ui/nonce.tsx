import { createContext, useContext } from "react";

const NonceContext = createContext<string | undefined>(undefined);

/** Wraps the page on the server only; browsers hide nonces from scripts, so there is none there. */
export const NonceProvider = NonceContext.Provider;

/** The nonce of this response's Content-Security-Policy. */
export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
