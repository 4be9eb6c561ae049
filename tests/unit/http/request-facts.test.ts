import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { isSameOrigin, originOf, type SiteOptions } from "#server/http/request-facts.ts";
import { ANYONE, NOBODY } from "#server/config/trusted-proxies.ts";

const direct: SiteOptions = { publicUrl: null, socket: null, trustProxy: NOBODY };
const behindProxy: SiteOptions = { publicUrl: null, socket: null, trustProxy: ANYONE };

function request(headers: IncomingHttpHeaders, remoteAddress = "203.0.113.9"): IncomingMessage {
  return { headers, socket: { remoteAddress } } as IncomingMessage;
}

describe("a state-changing request", () => {
  const host = "vote.example.org";
  const cases: [string, IncomingHttpHeaders, boolean][] = [
    ["from the site's own page", { "sec-fetch-site": "same-origin", origin: `https://${host}` }, true],
    ["from the address bar", { "sec-fetch-site": "none" }, true],
    ["from another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, false],
    ["from another host of the same site", { "sec-fetch-site": "same-site" }, false],
    ["from another site that forges the origin in vain", { "sec-fetch-site": "cross-site", origin: `https://${host}` }, false],
    ["with a word of its own for the site", { "sec-fetch-site": "Same-Origin" }, false],
    ["of an older browser on the site's own page", { origin: `https://${host}` }, true],
    ["of an older browser on another site", { origin: "https://evil.example" }, false],
    ["of an older browser on another port", { origin: `https://${host}:8443` }, false],
    ["of an older browser on a host that only starts alike", { origin: `https://${host}.evil.example` }, false],
    ["of an older browser that hides its origin", { origin: "null" }, false],
    ["with an origin that is no address", { origin: "vote.example.org" }, false],
    ["of a script, which sends neither", {}, true],
  ];
  it.each(cases)("%s", (_, headers, allowed) => {
    const req = request({ ...headers, host });
    expect(isSameOrigin(req, originOf(req, direct))).toBe(allowed);
  });

  it("is measured by the public address where one is set, whatever the proxy passes as host", () => {
    const site = { publicUrl: "https://vote.example.org", socket: null, trustProxy: ANYONE };
    const own = request({ host: "10.0.0.2:3000", origin: "https://vote.example.org" });
    const foreign = request({ host: "10.0.0.2:3000", origin: "http://10.0.0.2:3000" });
    expect(isSameOrigin(own, originOf(own, site))).toBe(true);
    expect(isSameOrigin(foreign, originOf(foreign, site))).toBe(false);
  });

  it("without a host header is nobody's own", () => {
    const req = request({ origin: "null" });
    expect(isSameOrigin(req, originOf(req, direct))).toBe(false);
  });
});

describe("Secure cookies", () => {
  const cases: [string, IncomingHttpHeaders, SiteOptions, boolean][] = [
    ["do not fit plain HTTP on localhost", { host: "localhost:3000" }, direct, false],
    ["do not fit plain HTTP on 127.0.0.1", { host: "127.0.0.1:3000" }, direct, false],
    ["do not fit plain HTTP on any loopback address", { host: "127.8.9.10" }, direct, false],
    ["do not fit plain HTTP on [::1]", { host: "[::1]:3000" }, direct, false],
    ["do not fit plain HTTP on LOCALHOST", { host: "LOCALHOST:3000" }, direct, false],
    ["fit a host that only starts like localhost", { host: "localhost.example.org" }, direct, true],
    ["fit a host that only starts like a loopback address", { host: "127.0.0.1.example.org" }, direct, true],
    ["fit every other host", { host: "vote.example.org" }, direct, true],
    ["fit a request without a host", {}, direct, true],
    ["fit HTTPS on localhost by a trusted proxy", { host: "localhost", "x-forwarded-proto": "https" }, behindProxy, true],
    ["do not fit HTTP on localhost by a trusted proxy", { host: "localhost", "x-forwarded-proto": "http" }, behindProxy, false],
    ["go by the trusted proxy's own word", { host: "localhost", "x-forwarded-proto": "https, http" }, behindProxy, false],
    ["do not go by what anyone claims", { host: "localhost", "x-forwarded-proto": "https" }, direct, false],
    ["go by a public HTTPS address", { host: "localhost" }, { ...direct, publicUrl: "https://localhost" }, true],
    ["go by a public HTTP address on localhost", { host: "x" }, { ...direct, publicUrl: "http://localhost:3000" }, false],
    ["go by a public HTTP address elsewhere", { host: "localhost" }, { ...direct, publicUrl: "http://vote.lan" }, true],
  ];
  it.each(cases)("%s", (_, headers, site, secure) => {
    expect(originOf(request(headers), site).secure).toBe(secure);
  });
});

describe("the client's address", () => {
  const cases: [string, IncomingHttpHeaders, SiteOptions, string][] = [
    ["is the peer's", {}, direct, "203.0.113.9"],
    ["is the peer's, whatever it claims", { "x-forwarded-for": "198.51.100.1" }, direct, "203.0.113.9"],
    ["is what a trusted proxy says", { "x-forwarded-for": "198.51.100.1" }, behindProxy, "198.51.100.1"],
    ["is what a trusted proxy added last", { "x-forwarded-for": "1.1.1.1, 198.51.100.1 " }, behindProxy, "198.51.100.1"],
    ["is the peer's where a trusted proxy says nothing", {}, behindProxy, "203.0.113.9"],
    ["is the peer's where a trusted proxy's word is empty", { "x-forwarded-for": "" }, behindProxy, "203.0.113.9"],
  ];
  it.each(cases)("%s", (_, headers, site, address) => {
    expect(originOf(request(headers), site).address).toBe(address);
  });
});

it("notices a browser that came over plain HTTP from another machine", () => {
  const plain = (origin?: string) => originOf(request({ host: "x", origin }), direct).plainHttp;
  expect(plain("http://192.168.1.5:3000")).toBe(true);
  expect(["https://vote.example.org", "http://localhost:3000", "http://[::1]:3000", undefined].map(plain)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
