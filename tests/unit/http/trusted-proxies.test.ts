import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { ANYONE, NOBODY, trustedProxies } from "#server/config/trusted-proxies.ts";
import { originOf } from "#server/http/request-facts.ts";

describe("a list of proxies", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1", true],
    ["10.0.0.1", "10.0.0.2", false],
    ["10.0.0.1", "::ffff:10.0.0.1", true],
    ["10.0.0.1", "::FFFF:0a00:0001", true],
    ["::ffff:10.0.0.1", "10.0.0.1", true],
    ["127.0.0.1, 10.0.0.0/8 ,::1", "10.255.0.9", true],
    ["127.0.0.1, 10.0.0.0/8 ,::1", "::1", true],
    ["127.0.0.1, 10.0.0.0/8 ,::1", "11.0.0.1", false],
    ["10.1.2.3/8", "10.9.9.9", true],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["2001:db8::/32", "10.0.0.1", false],
    ["10.0.0.0/8", "2001:db8::1", false],
    ["fe80::/10", "fe80::1%eth0", true],
    ["10.0.0.0/8", "unknown", false],
    ["10.0.0.0/8", "", false],
    ["10.0.0.0/8", "10.0.0.1:4711", false],
  ])("%s has %s: %s", (list, address, expected) => {
    expect(trustedProxies(list)?.has(address)).toBe(expected);
  });

  it.each(["0", "false"])("%s is nobody", (list) => {
    expect(trustedProxies(list)).toBe(NOBODY);
  });

  it.each(["1", "true", "0.0.0.0/0", "10.0.0.1,::/0"])("%s is whoever connects", (list) => {
    expect(trustedProxies(list)).toBe(ANYONE);
  });

  it.each(["", ",", "10.0.0.0/8,", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "10.0.0.0/8.5", "10.0.0", "010.0.0.1", "proxy.lan", "1,10.0.0.1", "::/x"])(
    "%j makes no sense",
    (list) => {
      expect(trustedProxies(list)).toBeNull();
    },
  );
});

interface Asking {
  peer?: string;
  forwardedFor?: string;
  trust: string;
  socket?: string;
}

function addressOf({ peer, forwardedFor, trust, socket = "" }: Asking): string {
  const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
  const req = { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  return originOf(req, { publicUrl: null, socket: socket || null, trustProxy: trustedProxies(trust)! }).address;
}

describe("a client's address behind named proxies", () => {
  const trust = "10.0.0.0/8,2001:db8:a::/48";
  it.each([
    ["what the proxy adds", "10.0.0.1", "198.51.100.1", "198.51.100.1"],
    ["nothing that the client invents before it", "10.0.0.1", "1.1.1.1, 10.0.0.7, 198.51.100.1", "198.51.100.1"],
    ["what the first of two proxies saw", "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"],
    ["what the first of three proxies saw", "10.0.0.1", "198.51.100.1, 2001:db8:a::2, ::ffff:10.0.0.2", "198.51.100.1"],
    ["a client's of the proxies' own network", "10.0.0.1", "10.3.3.3", "10.3.3.3"],
    ["the proxy's where it says nothing", "10.0.0.1", undefined, "10.0.0.1"],
    ["the proxy's where its word is empty", "10.0.0.1", " , ", "10.0.0.1"],
    ["the proxy's where it does not know", "10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"],
    ["the outer proxy's where that does not know", "10.0.0.1", "1.1.1.1, _hidden, 10.0.0.2", "10.0.0.2"],
    ["without the port that some add", "10.0.0.1", "198.51.100.1:50123", "198.51.100.1"],
    ["a network, without the port that some add", "10.0.0.1", "[2001:db8:1:2::3]:50123", "2001:db8:1:2::/64"],
    ["a network, in brackets or not", "10.0.0.1", "[2001:db8:1:2::3]", "2001:db8:1:2::/64"],
    ["an outer proxy's with a port, gone past", "10.0.0.1", "198.51.100.1, 10.0.0.2:443", "198.51.100.1"],
    ["a mapped IPv4 one as such", "::ffff:10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"],
    ["the peer's, where that is none of the proxies", "198.51.100.9", "198.51.100.1", "198.51.100.9"],
    ["the peer's, where that only claims to come through one", "198.51.100.9", "198.51.100.1, 10.0.0.1", "198.51.100.9"],
  ])("is %s", (_, peer, forwardedFor, address) => {
    expect(addressOf({ peer, forwardedFor, trust })).toBe(address);
  });
});

describe("a client's address behind whoever connects", () => {
  it.each([
    ["the one added last, and none before it", "1.1.1.1, 198.51.100.1", "198.51.100.1"],
    ["the peer's, where what was added is none", "198.51.100.1, unknown", "10.0.0.1"],
    ["the peer's, where nothing was added", undefined, "10.0.0.1"],
  ])("is %s", (_, forwardedFor, address) => {
    for (const trust of ["1", "0.0.0.0/0"]) expect(addressOf({ peer: "10.0.0.1", forwardedFor, trust })).toBe(address);
  });
});

describe("a peer without an address", () => {
  const forwardedFor = "1.1.1.1, 198.51.100.1";
  it("is believed where it came by the Unix socket and proxies are trusted", () => {
    for (const trust of ["1", "10.0.0.1"]) expect(addressOf({ forwardedFor, trust, socket: "/run/set.sock" })).toBe("198.51.100.1");
    expect(addressOf({ forwardedFor, trust: "0", socket: "/run/set.sock" })).toBe("unknown");
  });

  it("is not believed where it is a connection that has ended meanwhile", () => {
    for (const trust of ["1", "10.0.0.1", "0"]) expect(addressOf({ forwardedFor, trust })).toBe("unknown");
  });
});

it("host and scheme are those of the nearest proxy, and nobody else's", () => {
  const of = (peer: string, more: Record<string, string>) => {
    const req = { headers: { host: "localhost:3000", ...more }, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
    const { host, secure } = originOf(req, { publicUrl: null, socket: null, trustProxy: trustedProxies("10.0.0.1")! });
    return { host, secure };
  };
  const told = { "x-forwarded-host": "evil.example, localhost", "x-forwarded-proto": "http, https" };
  expect(of("10.0.0.1", told)).toEqual({ host: "localhost", secure: true });
  expect(of("10.0.0.2", { "x-forwarded-host": "vote.example.org", "x-forwarded-proto": "https" })).toEqual({ host: "localhost:3000", secure: false });
});
