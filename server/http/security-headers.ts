import type { ServerResponse } from "node:http";

const PLAIN = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "x-frame-options": "DENY",
};

/** Headers that every answer carries. */
export function securityHeaders({ secure }: { secure: boolean }): [name: string, value: string][] {
  const strict = secure ? { "strict-transport-security": "max-age=31536000" } : {};
  return Object.entries({ ...PLAIN, ...strict });
}

const forSecure = securityHeaders({ secure: true });
const forPlain = securityHeaders({ secure: false });

export function setSecurityHeaders(res: ServerResponse, { secure }: { secure: boolean }): void {
  for (const [name, value] of secure ? forSecure : forPlain) res.setHeader(name, value);
}

export interface PolicyOptions {
  /** Sources of the page's own inline scripts: a nonce or hashes. */
  scripts: readonly string[];
  /** Sources of its inline style elements. */
  styles?: readonly string[];
  dev?: boolean;
}

/** The policy of a page. In development Vite adds styles and a socket of its own. */
export function contentSecurityPolicy({ scripts, styles = [], dev = false }: PolicyOptions): string {
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(" "),
    ["style-src 'self'", ...(dev ? ["'unsafe-inline'"] : styles)].join(" "),
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    dev ? "connect-src 'self' ws:" : "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
