import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "#tests/support/raw-http.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ pages: true });
});
afterAll(() => server[Symbol.asyncDispose]());

const tricks = [
  "/../../../../etc/passwd",
  "/..%2f..%2f..%2fetc%2fpasswd",
  "/%2e%2e/%2e%2e/package.json",
  "/assets/../../server/index.js",
  "/assets/..%2f..%2fserver%2findex.js",
  "/assets/..%5c..%5cserver%5cindex.js",
  "/assets/%00",
  "/package.json",
  "/.env",
  "/data/theset.db",
  "/%00",
  "/%",
  "/%E0%A4%A",
  "/shows/%?%",
  "/shows/%00",
  "/shows/%F0%9F%98%80",
  "/shows/..%2f..%2f/live",
  "/artists/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
  `/shows/${"a".repeat(8_000)}`,
  "//evil.example/",
  "//evil.example/%2e%2e",
  "/\\evil.example",
  "http://evil.example/",
];

test.each(tricks)("%s leads to no file, no other site and no insides", async (path) => {
  const answer = await send(server.url, { path });
  // An address may be tidied up to one of ours, which for these is the home page at best.
  if (answer.status === 200) expect(answer.headers["content-type"]).toMatch(/^text\/html/);
  else expect([400, 404]).toContain(answer.status);
  expect(answer.headers["location"]).toBeUndefined();
  expect(answer.text).not.toMatch(/root:|\bat .*\.(ts|js|mjs):\d|node_modules|SELECT |"dependencies"|SQLite format/);
  expect(answer.text).not.toContain("<script>alert(1)");
  expect(answer.headers["x-content-type-options"]).toBe("nosniff");
});

test("none of that is an error of ours", async () => {
  for (const path of tricks) await send(server.url, { path });
  expect(server.errors).toEqual([]);
});
