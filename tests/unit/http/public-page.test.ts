import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { themeCookie } from "#app/features/theme/theme-cookie.ts";
import { finishPage } from "#server/http/public-page.ts";
import { hidingCookie, shownCookie } from "../../../app/features/spoilers/spoiler-cookie.ts";
import { looksOfNobody } from "#server/http/public-pages.ts";

const NOW = "2026-06-13T12:00:00.000Z";

function finish(html: string, { status = 200, now = NOW } = {}) {
  return finishPage({ status, headers: {}, html, nonce: "n0nce+/==", now });
}

function hashOf(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

test("a finished page allows its own inline scripts by their hashes and carries no nonce", () => {
  const html = [
    `<script nonce="n0nce+/==">one()</script>`,
    `<script nonce="n0nce+/==" type="module" async="">import "/a.js";\ntwo("ü")</script>`,
    `<link rel="modulepreload" nonce="n0nce+/==" href="/a.js"/><script nonce="n0nce+/==" src="/b.js"></script>`,
  ].join("");
  const { policy, html: bytes } = finish(html);
  const allowed = [hashOf("one()"), hashOf('import "/a.js";\ntwo("ü")')].join(" ");
  expect(policy).toContain(`; script-src 'self' ${allowed}; style-src 'self'; `);
  expect(String(bytes)).toBe(html.replaceAll(` nonce="n0nce+/=="`, ""));
});

test("a script that got into a page without the nonce is not allowed", () => {
  const { policy } = finish(`<script nonce="n0nce+/==">own()</script><script>foreign()</script><script nonce="x">guess()</script>`);
  expect(policy).toContain(`script-src 'self' ${hashOf("own()")};`);
});

test("pages that differ by the instant alone share their tag; others do not", () => {
  const page = finish(`<p>3 votes</p><script>${NOW}</script>`);
  const later = finish(`<p>3 votes</p><script>2026-06-13T12:00:01.000Z</script>`, { now: "2026-06-13T12:00:01.000Z" });
  const other = finish(`<p>4 votes</p><script>${NOW}</script>`);
  expect(page.etag).toMatch(/^W\/"[\w-]{43}"$/);
  expect(later.etag).toBe(page.etag);
  expect(other.etag).not.toBe(page.etag);
});

test("the gzipped page is the page, and only a found page has a tag", () => {
  const page = finish("<p>gone</p>", { status: 410 });
  expect(gunzipSync(page.gzip)).toEqual(page.html);
  expect(page.etag).toBeNull();
});

test("the themes that count are those that the site sets, and so is hiding spoilers", async () => {
  for (const theme of ["light", "dark"]) {
    const cookie = (await themeCookie(theme, "")).split(";")[0]!;
    expect(looksOfNobody(cookie)).toBe(cookie);
    expect(looksOfNobody(`other=1; ${cookie}; x=y`)).toBe(cookie);
    const hiding = (await hidingCookie(true, "")).split(";")[0]!;
    expect(looksOfNobody(hiding)).toBe(hiding);
    expect(looksOfNobody(`${hiding}; ${cookie}`)).toBe(`${cookie}; ${hiding}`);
  }
});

test("who hides spoilers and has asked for some gets a page of their own; who hides none gets everybody's", async () => {
  const hiding = (await hidingCookie(true, "")).split(";")[0]!;
  const shown = (await shownCookie(new Request("http://localhost/"), { showId: 7, show: true }, "")).split(";")[0]!;
  expect(looksOfNobody(`${hiding}; ${shown}`)).toBeNull();
  expect(looksOfNobody(`${shown}; ${hiding}`)).toBeNull();
  expect(looksOfNobody(shown)).toBe("");
});

test.each([
  [undefined, ""],
  ["", ""],
  ["other=1; tracking", ""],
  ["theset=abc", null],
  ["other=1;__Host-theset=abc", null],
  ["theset", null],
  ["theme=sepia", null],
  ["spoilers=shown", null],
  ["theme=ImRhcmsi; theme=ImxpZ2h0Ig%3D%3D", null],
  ["nottheset=1; theset2=2", ""],
])("a visitor with the cookies %j has the looks %j of nobody", (cookie, looks) => {
  expect(looksOfNobody(cookie)).toBe(looks);
});
