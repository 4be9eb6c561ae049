import { describe, expect, it } from "vitest";
import { belowBase, pageAddress } from "#server/http/base-path.ts";

describe("what follows the base path", () => {
  it.each([
    ["/theset/", "/"],
    ["/theset/shows?sort=votes", "/shows?sort=votes"],
    ["/theset/shows/%", "/shows/%"],
    ["/theset//x", "//x"],
    ["/theset/x/../shows?a=/../b", "/shows?a=/../b"],
    ["/theset/%2E/shows", "/shows"],
    ["/x/../theset/shows", "/shows"],
    ["http://elsewhere.example/theset/shows?x", "/shows?x"],
    ["/theset", null],
    ["/theset?x=/theset/", null],
    ["/thesets/", null],
    ["/Theset/", null],
    ["/", null],
    ["", null],
    ["*", null],
    ["/theset/../shows", null],
    ["/theset/a/%2e%2e/.%2e/shows", null],
    ["/theset/..\\shows", null],
    ["//theset/", null],
    ["http://theset/", null],
    ["http://", null],
  ])("of %s is %s", (url, below) => {
    expect(belowBase(url, "/theset")).toBe(below);
  });

  it("is everything, as it is, where there is none", () => {
    for (const url of ["/", "/a/../b", "//x", "/%", ""]) expect(belowBase(url, "")).toBe(url);
  });
});

describe("a page's whole address", () => {
  it.each([
    ["/shows", "/theset", "/theset/shows"],
    ["/_root.data", "/theset", "/theset/.data"],
    ["/_root.data?_routes=root", "/theset", "/theset/.data?_routes=root"],
    ["/_root.database", "/theset", "/theset/_root.database"],
    ["/_root.data", "", "/_root.data"],
  ])("of %s below %j is %s", (path, basePath, address) => {
    expect(pageAddress(path, basePath)).toBe(address);
  });
});
