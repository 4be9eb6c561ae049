import { describe, expect, it } from "vitest";
import { pathOf, returnPath } from "../../../app/http/return-path.ts";

describe("where a form leads back to", () => {
  it.each(["/", "/shows?sort=votes", "/shows/a-b#song-3", "/shows?x=/../y", "/a..b/.c/...", "/shows/caf%C3%A9"])("may be %s", (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it.each([
    "", "shows", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "javascript:alert(1)",
    "/..", "/../x", "/shows/../../x", "/./x", "/%2e%2e/x", "/.%2E/x", "/shows/..?x", "/shows/..#x", null, undefined, 3,
  ])("is never %j", (path) => {
    expect(returnPath(path, "/home")).toBe("/home");
  });
});

describe("the path of a request", () => {
  it.each([
    ["/theset/shows/a?add=b", "/theset", "/shows/a?add=b"],
    ["/theset/shows/a.data?add=b", "/theset", "/shows/a?add=b"],
    ["/theset/", "/theset", "/"],
    ["/theset/.data", "/theset", "/"],
    ["/theset", "/theset", "/"],
    ["/account", "", "/account"],
    ["/", "", "/"],
  ])("%s below %j is %s", (path, basePath, below) => {
    expect(pathOf(new Request(`http://localhost${path}`), basePath)).toBe(below);
  });
});
