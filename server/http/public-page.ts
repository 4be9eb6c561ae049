import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { GZIP_LEVEL } from "./send-page.ts";
import { contentSecurityPolicy } from "./security-headers.ts";

/** A page that is the same for everyone: finished bytes and the headers that go with them. */
export interface PublicPage {
  status: number;
  headers: Record<string, string>;
  /** Null where the page is not to be kept by anyone. */
  etag: string | null;
  policy: string;
  html: Buffer;
  gzip: Buffer;
}

export interface FreshPage {
  status: number;
  headers: Record<string, string>;
  html: string;
  /** What marks the page's own inline scripts. */
  nonce: string;
  /** The instant written into the page, which by itself makes it no other page. */
  now: string;
}

/** Turns a rendered page into one that can be sent more than once: its scripts are allowed by their hashes. */
export function finishPage({ status, headers, html, nonce, now }: FreshPage): PublicPage {
  const policy = contentSecurityPolicy({ scripts: inlineScripts(html, nonce).map(hashSource) });
  const unmarked = html.replaceAll(` nonce="${nonce}"`, "");
  const bytes = Buffer.from(unmarked);
  // Weak: the gzipped page and the plain one share it, and so do pages of different instants.
  const etag = status === 200 ? `W/"${digest(unmarked.replaceAll(now, ""), "base64url")}"` : null;
  return { status, headers, etag, policy, html: bytes, gzip: gzipSync(bytes, { level: GZIP_LEVEL }) };
}

/** Only what carries the nonce is the site's own: a script that got into the page otherwise stays forbidden. */
function inlineScripts(html: string, nonce: string): string[] {
  const scripts = html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g);
  return [...scripts].flatMap(([, attributes = "", text = ""]) =>
    attributes.includes(` nonce="${nonce}"`) && text !== "" ? [text] : [],
  );
}

function hashSource(script: string): string {
  return `'sha256-${digest(script, "base64")}'`;
}

function digest(text: string, encoding: "base64" | "base64url"): string {
  return createHash("sha256").update(text).digest(encoding);
}
