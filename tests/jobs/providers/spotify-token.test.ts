import { describe, expect, test } from "vitest";
import { ProviderError, type ProviderHttp, type ProviderRequest } from "#jobs/providers/http.ts";
import { createTokens } from "#jobs/providers/spotify/token.ts";
import { TestClock } from "#tests/support/clock.ts";

const KEYS = { clientId: "id-1", clientSecret: "secret-ü" };
const unauthorised = new ProviderError("spotify", "not_allowed", "Spotify refuses us.", { status: 401 });

/** Gives out t1, t2, … as long as it is not told otherwise. */
function stage(answer: (given: number) => unknown = (given) => ({ access_token: `t${given}`, token_type: "Bearer", expires_in: 3600 })) {
  const asked: ProviderRequest[] = [];
  const clock = new TestClock();
  const http: ProviderHttp = {
    request: async (request) => {
      asked.push(request);
      const body = answer(asked.length);
      if (body instanceof Error) throw body;
      return { status: 200, body, unchanged: false };
    },
  };
  return { asked, clock, tokens: createTokens(http, KEYS, clock.now) };
}

const same = async (token: string) => token;

describe("a token", () => {
  test("is asked for by client credentials, at Spotify's accounts, never from a cache", async () => {
    const { asked, tokens } = stage();
    expect(await tokens.run(same)).toBe("t1");
    expect(asked).toEqual([
      {
        base: "https://accounts.spotify.com",
        path: "/api/token",
        headers: { authorization: `Basic ${Buffer.from("id-1:secret-ü").toString("base64")}` },
        form: { grant_type: "client_credentials" },
        freshMs: 0,
      },
    ]);
  });

  test("is used until a minute before its end", async () => {
    const { asked, clock, tokens } = stage();
    await tokens.run(same);
    clock.advance(3_539_999);
    expect(await tokens.run(same)).toBe("t1");
    clock.advance(1);
    expect(await tokens.run(same)).toBe("t2");
    expect(asked).toHaveLength(2);
  });

  test("is asked for once, however many wait", async () => {
    const { asked, tokens } = stage();
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.run(same)));
    expect(new Set(got)).toEqual(new Set(["t1"]));
    expect(asked).toHaveLength(1);
  });

  test("that is refused is thrown away, and all go on with one new one", async () => {
    const { asked, tokens } = stage();
    const task = async (token: string) => {
      if (token === "t1") throw unauthorised;
      return token;
    };
    expect(await Promise.all(Array.from({ length: 20 }, () => tokens.run(task)))).toEqual(Array.from({ length: 20 }, () => "t2"));
    expect(asked).toHaveLength(2);
  });

  test("that came meanwhile is kept by one whose old token is refused late", async () => {
    const { asked, tokens } = stage();
    const { promise: refusal, reject: refuse } = Promise.withResolvers<string>();
    const late = tokens.run((token) => (token === "t1" ? refusal : same(token)));
    const early = tokens.run((token) => (token === "t1" ? Promise.reject(unauthorised) : same(token)));
    expect(await early).toBe("t2");
    refuse(unauthorised);
    expect(await late).toBe("t2");
    expect(asked).toHaveLength(2);
  });

  test("is asked for once more only: who is refused again is told", async () => {
    const { asked, tokens } = stage();
    const used: string[] = [];
    const task = async (token: string) => {
      used.push(token);
      throw unauthorised;
    };
    await expect(tokens.run(task)).rejects.toBe(unauthorised);
    expect(used).toEqual(["t1", "t2"]);
    expect(asked).toHaveLength(2);
  });

  test.each([
    ["a refusal of another kind", new ProviderError("spotify", "not_allowed", "No Premium.", { status: 403 })],
    ["an error of ours", new TypeError("x")],
  ])("is kept after %s", async (_, error) => {
    const { asked, tokens } = stage();
    await expect(tokens.run(() => Promise.reject(error))).rejects.toBe(error);
    expect(await tokens.run(same)).toBe("t1");
    expect(asked).toHaveLength(1);
  });

  test("that could not be had is told to all who wait, and asked for again by the next", async () => {
    const down = new ProviderError("spotify", "unavailable", "Spotify does not answer.");
    const { asked, tokens } = stage((given) => (given === 1 ? down : { access_token: "t2", expires_in: 3600 }));
    const got = await Promise.allSettled([tokens.run(same), tokens.run(same)]);
    expect(got).toEqual([{ status: "rejected", reason: down }, { status: "rejected", reason: down }]);
    expect(await tokens.run(same)).toBe("t2");
    expect(asked).toHaveLength(2);
  });

  test.each([
    [null],
    [{}],
    [{ access_token: "", expires_in: 3600 }],
    [{ access_token: "t", expires_in: "soon" }],
    [{ access_token: "t", expires_in: -1 }],
  ])("that comes as %j is garbled, and is not told", async (body) => {
    const { tokens } = stage(() => body);
    await expect(tokens.run(same)).rejects.toMatchObject({ provider: "spotify", kind: "garbled", message: "Spotify answered with something else than a token." });
  });

  test("that ends at once is used once", async () => {
    const { asked, tokens } = stage((given) => ({ access_token: `t${given}`, expires_in: 5 }));
    expect(await tokens.run(same)).toBe("t1");
    expect(await tokens.run(same)).toBe("t2");
    expect(asked).toHaveLength(2);
  });
});
