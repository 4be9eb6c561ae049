import { describe, expect, test } from "vitest";
import { ProviderError, type ProviderHttp, type ProviderRequest } from "#jobs/providers/http.ts";
import { explain } from "#jobs/providers/ticketmaster/explain.ts";
import { createTicketmaster, type Ticketmaster } from "#jobs/providers/ticketmaster/client.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import { withAffiliate } from "#jobs/providers/ticketmaster/ticket-url.ts";
import { httpTo, providerErrorOf } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";
import { attraction, event, eventsPage, venue } from "./ticketmaster-answers.ts";

const FROM = Date.UTC(2027, 0, 1);
const range = { from: FROM, to: FROM + 86_400_000 };
const place = { city: "Portland", countryCode: "US", stateCode: "ME" };

function answering(body: unknown) {
  const asked: ProviderRequest[] = [];
  const http: ProviderHttp = {
    request: async (request) => {
      asked.push(request);
      return { status: 200, body, unchanged: false };
    },
  };
  return { asked, client: createTicketmaster(http) };
}

describe("what is asked", () => {
  const everyEvent = { locale: "*", includeTBA: "yes", includeTBD: "yes", sort: "date,asc", size: 200, page: 0 };
  const dates = { startDateTime: "2026-12-31T23:59:30Z", endDateTime: "2027-01-01T23:59:29Z" };
  const music = { segmentId: "KZFzniwnSyZfZ7v7nJ" };

  test.each<[string, (client: Ticketmaster) => Promise<unknown>, string, object, number]>([
    ["shows of an artist", (client) => client.showsOfArtist("K8v", { range }), "/events.json", { attractionId: "K8v", ...everyEvent }, 0],
    ["shows of a city", (client) => client.showsAt(place, { range }), "/events.json", { ...music, ...place, ...everyEvent, ...dates }, 0],
    [
      "shows around a point",
      (client) => client.showsAt({ latitude: 52.52, longitude: 13.405, radiusKm: 29.6 }, { range }),
      "/events.json",
      { ...music, latlong: "52.52000,13.40500", radius: 30, unit: "km", ...everyEvent, ...dates },
      0,
    ],
    ["artists by name", (client) => client.searchArtists(" Low  Tide "), "/attractions.json", { locale: "*", keyword: "Low Tide", ...music, size: 20 }, 3_600_000],
    ["an artist", (client) => client.artist("K8v"), "/attractions/K8v.json", { locale: "*" }, 86_400_000],
    ["a venue", (client) => client.venue("Kov"), "/venues/Kov.json", { locale: "*" }, 86_400_000],
    ["a show", (client) => client.show("vv-1_Z"), "/events/vv-1_Z.json", { locale: "*" }, 0],
  ])("for %s", async (_, call, path, query, freshMs) => {
    const { asked, client } = answering({ ...venue, ...eventsPage([]) });
    await call(client);
    expect(asked).toEqual([{ path: `/discovery/v2${path}`, query, freshMs, signal: undefined }]);
  });

  test("no page of a cursor but its own", async () => {
    const { asked, client } = answering(eventsPage([]));
    await client.showsAt(place, { range, cursor: "2027-03-01T00:00:00Z~2027-03-08T00:00:00Z~2027-12-31T00:00:00Z~2" });
    expect(asked[0]?.query).toMatchObject({ startDateTime: "2027-02-28T23:59:30Z", endDateTime: "2027-03-07T23:59:29Z", page: 2 });
  });

  test.each<[string, (client: Ticketmaster) => Promise<unknown>]>([
    ["an id that is a path", (client) => client.venue("../events")],
    ["an empty id", (client) => client.artist("")],
    ["a name that is blank", (client) => client.searchArtists(" \u200b")],
    ["a range that ends before it begins", (client) => client.showsAt(place, { range: { from: FROM, to: FROM - 1 } })],
    ["a page that can't be reached", (client) => client.showsOfArtist("K8v", { range, cursor: "5" })],
    ["a cursor of something else", (client) => client.showsAt(place, { range, cursor: "a~b~c~0" })],
    ["a cursor that ends too soon", (client) => client.showsAt(place, { range, cursor: "2027-03-01T00:00:00Z~2027-03-08T00:00:00Z~0" })],
    ["a cursor that runs backwards", (client) => client.showsAt(place, { range, cursor: "2027-03-08T00:00:00Z~2027-03-01T00:00:00Z~2027-12-31T00:00:00Z~0" })],
  ])("nothing for %s", async (_, call) => {
    const { asked, client } = answering(eventsPage([]));
    await expect(call(client)).rejects.toMatchObject({ provider: "ticketmaster", kind: "bad_request" });
    expect(asked).toEqual([]);
  });
});

describe("what comes", () => {
  test("loses only the records that can't be used", async () => {
    const { client } = answering(eventsPage([event, null, { ...event, name: "" }, { ...event, id: "second" }]));
    const page = await client.showsAt(place, { range });
    expect(page.records.map(({ id }) => id)).toEqual(["vvG1Z0001", "second"]);
    expect(page.refused.map(({ reason }) => reason)).toEqual(["malformed", "no_name"]);
  });

  test("of a search are musicians alone", async () => {
    const team = { ...attraction, id: "t1", classifications: [{ segment: { name: "Sports" } }] };
    const { client } = answering({ _embedded: { attractions: [attraction, team] }, page: { size: 20, totalElements: 2, totalPages: 1, number: 0 } });
    const found = await client.searchArtists("paper");
    expect(found).toMatchObject({ records: [{ id: "K8vZ9170001" }], refused: [{ id: "t1", reason: "not_this_kind" }] });
  });

  test("of a page without figures goes on as long as pages are full", async () => {
    const events = Array.from({ length: 200 }, (_, i) => ({ ...event, id: `e${i}` }));
    const full = answering({ _embedded: { events } }).client;
    expect((await full.showsOfArtist("K8v", { range })).next).toBe("1");
    const part = answering({ _embedded: { events: events.slice(1) } }).client;
    expect((await part.showsOfArtist("K8v", { range })).next).toBeNull();
  });

  test("of smaller pages than asked for is still read to its end", async () => {
    const { client } = answering(eventsPage([event], { total: 30, size: 20 }));
    expect((await client.showsOfArtist("K8v", { range })).next).toBe("1");
    expect((await client.showsOfArtist("K8v", { range, cursor: "1" })).next).toBeNull();
  });

  test.each([["nothing", null], ["text", "<html>"], ["an empty object", {}], ["a list", []]])("as %s is garbled", async (_, body) => {
    const asked = answering(body).client.showsAt(place, { range });
    await expect(asked).rejects.toBeInstanceOf(ProviderError);
    await expect(asked).rejects.toMatchObject({ kind: "garbled" });
  });
});

describe("an error of Ticketmaster", () => {
  const fault = (errorcode: string) => ({ fault: { faultstring: "Rate limit quota violation. Quota limit exceeded. Identifier : k-secret", detail: { errorcode } } });
  const error = (code: string, status: string) => ({ errors: [{ code, detail: "k-secret", status, _links: {} }] });

  test.each([
    ["a wrong key", 401, fault("oauth.v2.InvalidApiKey"), "not_allowed"],
    ["a key that is missing", 401, fault("steps.oauth.v2.FailedToResolveAPIKey"), "not_allowed"],
    ["a used-up quota", 429, fault("policies.ratelimit.QuotaViolation"), "quota_exceeded"],
    ["a used-up quota, told as a fault of its own", 500, fault("policies.ratelimit.QuotaViolation"), "quota_exceeded"],
    ["too many at once", 429, fault("policies.ratelimit.SpikeArrestViolation"), "rate_limited"],
    ["no such thing", 404, error("DIS1004", "404"), "not_found"],
    ["no such thing, told with 200", 200, error("DIS1004", "404"), "not_found"],
    ["a page too deep", 400, error("DIS1035", "400"), "bad_request"],
    ["a fault of the API", 500, error("40001", "500"), "unavailable"],
    ["a fault of the gateway", 503, fault("messaging.adaptors.http.flow.ServiceUnavailable"), "unavailable"],
    ["something unheard of", 200, error("DIS9999", ""), "garbled"],
  ])("about %s is told by its code, never in words that hold the key", (_, status, body, kind) => {
    const explained = explain(status, body, new Headers());
    expect(explained?.kind).toBe(kind);
    expect(explained?.message).not.toContain("k-secret");
  });

  test("about the quota says when it is renewed, by the answer's own clock", () => {
    const date = "Mon, 04 Jan 2027 10:00:00 GMT";
    const wait = (reset: string, answered = date) =>
      explain(429, fault("policies.ratelimit.QuotaViolation"), new Headers({ "rate-limit-reset": reset, date: answered }))?.retryAfterMs;
    expect(wait(String(Date.parse(date) + 5_000_000))).toBe(5_000_000);
    expect(wait(String(Date.parse(date) - 1))).toBeNull();
    expect(wait("1")).toBeNull();
    expect(wait("soon")).toBeNull();
    expect(wait(String(Date.parse(date)), "now")).toBeNull();
  });

  test.each([["events", 200, eventsPage([event])], ["nothing", 304, ""], ["a bare 404", 404, ""], ["a page of a proxy", 502, "<html>"]])(
    "is none where the answer is %s",
    (_, status, body) => expect(explain(status, body, new Headers())).toBeNull(),
  );

  test("shows the key nowhere, over real HTTP", async () => {
    await using server = await startProvider();
    server.always({ status: 429, json: fault("policies.ratelimit.QuotaViolation") });
    const { http, lines } = httpTo(server, { provider: "ticketmaster", explain, credentials: () => ({ query: { [TICKETMASTER.keyParameter]: "k-secret" } }) });
    const failed = await providerErrorOf(createTicketmaster(http).showsAt(place, { range }));
    expect(failed.kind).toBe("quota_exceeded");
    expect(server.requests[0]?.path).toContain("apikey=k-secret");
    expect(JSON.stringify([lines, failed.message, String(failed.cause)])).not.toContain("k-secret");
  });
});

describe("a ticket page", () => {
  const affiliate = { name: "partner", value: "a b&c" };

  test("of Ticketmaster's shops carries the affiliate's parameter", () => {
    expect(withAffiliate("https://www.ticketmaster.com/event/1", affiliate)).toBe("https://www.ticketmaster.com/event/1?partner=a+b%26c");
    expect(withAffiliate("https://ticketmaster.de/e/1?x=1&partner=other#top", affiliate)).toBe("https://ticketmaster.de/e/1?x=1&partner=a+b%26c#top");
  });

  test.each([
    "http://www.ticketmaster.com/event/1",
    "https://tickets.example/event/1",
    "https://notticketmaster.com/event/1",
    "https://ticketmaster.com.evil.example/event/1",
    "https://evil.example/?https://ticketmaster.com",
    "https://ticketmaster.com@evil.example/",
    "https://user:pw@ticketmaster.com/",
    "https://ticketmaster.com:8443/",
    "javascript:alert(1)",
    "no address",
  ])("%s stays as it is", (address) => expect(withAffiliate(address, affiliate)).toBe(address));

  test("of a show carries it, and the show's own address does not", async () => {
    const http: ProviderHttp = { request: async () => ({ status: 200, body: event, unchanged: false }) };
    const { records } = await createTicketmaster(http, { affiliate }).show("vvG1Z0001");
    expect(records).toMatchObject([{ ticketUrl: `${event.url}?partner=a+b%26c`, url: event.url }]);
    expect((await createTicketmaster(http).show("vvG1Z0001")).records).toMatchObject([{ ticketUrl: event.url }]);
  });

  test("stays as it is without an affiliate", () => {
    expect(withAffiliate("https://www.ticketmaster.com/event/1", null)).toBe("https://www.ticketmaster.com/event/1");
  });
});
