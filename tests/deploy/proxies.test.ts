import { request } from "node:http";
import { beforeAll, afterAll, describe, expect, test } from "vitest";
import { LivePage } from "./live-page.ts";
import { nginx } from "./nginx.ts";
import type { Proxy } from "./proxy-process.ts";
import { openSite, type Site } from "./site.ts";
import { NAME } from "./visitor.ts";

const proxies: Proxy[] = [nginx];

describe.each(proxies)("behind $name", (proxy) => {
  describe.skipIf(!proxy.installed)("with its recipe", () => {
    let site: Site;
    beforeAll(async () => void ({ site } = await openSite([proxy])));
    afterAll(() => site[Symbol.asyncDispose]());

    test("a vote reaches a live page at once", async () => {
      const { slug, setlistSongIds } = site.stock.shows[0]!;
      await using page = await LivePage.open(site.visitor(), slug);
      expect(page.headers).toMatchObject({ "content-type": "text/event-stream; charset=utf-8" });
      expect(page.headers).not.toHaveProperty("content-encoding");
      const before = await page.next("tally");
      const answer = await site.visitor().call("votes.cast", { setlistSongId: setlistSongIds[0] }, { authorization: `Bearer ${site.stock.tokens[0]}` });
      const answered = performance.now();
      expect(answer.status).toBe(200);
      const frame = await page.tally(Number(before.id) + 1);
      expect(frame.at - answered).toBeLessThan(1_000);
    });

    test("plain HTTP leads to HTTPS", async () => {
      const answer = await new Promise<{ status?: number; location?: string }>((resolve, reject) => {
        const outgoing = request({ port: site.ports.http, host: "127.0.0.1", path: "/shows?sort=votes", headers: { host: NAME }, agent: false });
        outgoing.once("response", (incoming) => resolve({ status: incoming.resume().statusCode!, location: incoming.headers.location! }));
        outgoing.once("error", reject).end();
      });
      expect([301, 308]).toContain(answer.status);
      expect(answer.location).toBe(`https://${NAME}/shows?sort=votes`);
    });
  });
});
