import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { addressTo, networkOf, originOf } from "#server/http/request-facts.ts";
import { ANYONE, NOBODY } from "#server/config/trusted-proxies.ts";

describe("what limits count as one address", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["unknown", "unknown"],
  ])("%s counts as %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

function request(headers: Record<string, string>): IncomingMessage {
  const rawHeaders = Object.entries(headers).flat();
  return { headers: { ...headers }, rawHeaders, socket: { remoteAddress: "127.0.0.1" } } as unknown as IncomingMessage;
}

describe("the host that a visitor addressed", () => {
  it("is the public one, whatever the proxy wrote", () => {
    const req = request({ host: "127.0.0.1:3000", "x-forwarded-host": "elsewhere.example", accept: "*/*" });
    const { host } = originOf(req, { publicUrl: "https://vote.example.org", socket: null, trustProxy: NOBODY });
    addressTo(req, host);
    expect(host).toBe("vote.example.org");
    expect(req.headers).toEqual({ host: "vote.example.org", accept: "*/*" });
    expect(req.rawHeaders).toEqual(["accept", "*/*", "Host", "vote.example.org"]);
  });

  it("is what a trusted proxy says, and nobody else", () => {
    const req = request({ host: "127.0.0.1:3000", "x-forwarded-host": "vote.example.org" });
    expect(originOf(req, { publicUrl: null, socket: null, trustProxy: ANYONE }).host).toBe("vote.example.org");
    expect(originOf(req, { publicUrl: null, socket: null, trustProxy: NOBODY }).host).toBe("127.0.0.1:3000");
  });
});
