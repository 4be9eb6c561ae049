import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "#server/domain/demo-votes.ts";
import type { Crowd, Signal, Suspect } from "#server/domain/fraud-facts.ts";
import { combinedScore, findFraud, HIGH_SCORE, isQuarantined, LOW_SCORE, WEIGHTS } from "#server/domain/fraud.ts";
import { networkSignal } from "#server/domain/fraud-networks.ts";
import { ballotsSignal } from "#server/domain/fraud-ballots.ts";
import { timingSignal } from "#server/domain/fraud-timing.ts";
import { explainSignal } from "#server/domain/fraud-words.ts";
import { attack, fanClub, honestCrowd, seenByJob, type AttackSpec, type CrowdSpec } from "#tests/support/fraud-crowds.ts";

const HOUR = 3_600_000;
const city: CrowdSpec = { fans: 800, songs: 40, young: 0.15, together: 0, within: 72 * HOUR };
const bots: AttackSpec = { accounts: 60, network: "one", ballots: "identical", timing: "regular" };

function suspect(change: Partial<Suspect> & { at?: number[]; songs?: number[] } = {}): Suspect {
  const { at = [0, 2_000, 5_500, 7_000, 14_000], songs = [1, 2, 3, 4, 5], ...rest } = change;
  const votes = songs.map((setlistSongId, i) => ({ setlistSongId, castAt: at[i] ?? 0 }));
  return { userId: 1, network: "n", young: true, delay: 60_000, firstCastAt: 0, held: false, votes, ...rest };
}

const many = (n: number, make: (i: number) => Suspect) => Array.from({ length: n }, (_, i) => ({ ...make(i), userId: i + 1 }));
const ballot = Array.from({ length: 40 }, (_, i) => ({ setlistSongId: i + 1, position: i + 1, votes: 400 - i * 10 }));

function crowd(change: Partial<Crowd> = {}): Crowd {
  return { fans: 1_000, young: 100, networks: new Map([["n", { fans: 20, young: 20 }]]), songs: ballot, ...change };
}

describe("new accounts from one network", () => {
  const strengthIn = (ages: { fans: number; young: number }, all: Partial<Crowd> = {}) =>
    networkSignal(many(20, () => suspect()), crowd({ ...all, networks: new Map([["n", ages]]) }))?.strength;

  test.each([
    ["all new where few are elsewhere", { fans: 20, young: 20 }, {}, 1, 1],
    ["as many old ones from there: a place where people meet", { fans: 40, young: 20 }, {}, 0, 0],
    ["a stadium, a third new", { fans: 15_000, young: 5_000 }, { fans: 20_000, young: 6_000 }, 0, 0],
    ["all new, and so is everyone elsewhere: an opening day", { fans: 20, young: 20 }, { fans: 1_000, young: 990 }, 0, 0],
    ["all new, and nobody elsewhere to compare with", { fans: 20, young: 20 }, { fans: 20, young: 20 }, 0.1, 0.5],
  ])("%s", (_, ages, all, least, most) => {
    const strength = strengthIn(ages, all);
    expect(strength).toBeGreaterThanOrEqual(least);
    expect(strength).toBeLessThanOrEqual(most);
  });

  test("says nothing of accounts whose network is not known or not shared", () => {
    expect(networkSignal(many(20, () => suspect({ network: null })), crowd())).toBeNull();
    const apart = many(20, (i) => suspect({ network: `n${i}` }));
    const networks = new Map(apart.map((one) => [one.network!, { fans: 1, young: 1 }]));
    expect(networkSignal(apart, crowd({ networks }))?.strength).toBe(0);
  });
});

describe("machine-like timing", () => {
  const human = [0, 1_900, 5_400, 6_300, 11_800];
  const start = (i: number) => ({ firstCastAt: (i * i * 7_919) % 3_600_000, delay: 30_000 + ((i * i * 104_729) % 3_000_000) });

  test.each<[string, (i: number) => Suspect, string | null]>([
    ["votes at even gaps", (i) => suspect({ ...start(i), at: [0, 405, 800, 1_210, 1_600] }), "gaps"],
    ["accounts at even gaps", (i) => suspect({ ...start(i), at: human, firstCastAt: i * 5_000 + ((i * 37) % 90) }), "arrivals"],
    ["a vote always as long after the sign-up", (i) => suspect({ ...start(i), at: human, delay: 8_000 + ((i * 53) % 400) }), "sign_ups"],
    ["gaps on whole seconds", (i) => suspect({ ...start(i), at: [0, 1_000, 4_000, 9_000, 11_000].map((at) => at + (i % 7)) }), "grid"],
    ["like people", (i) => suspect({ ...start(i), at: human.map((at, k) => at + ((i * 131 * k) % 970)) }), null],
    ["each ballot in one call: half at most", (i) => suspect({ ...start(i), at: [7, 7, 7, 8, 8] }), "speed"],
  ])("%s", (_, make, pattern) => {
    const signal = timingSignal(many(24, make)) as (Signal & { kind: "timing" }) | null;
    if (pattern === null) return expect(signal?.strength ?? 0).toBeLessThan(0.2);
    expect(signal).toMatchObject({ kind: "timing", pattern });
    expect(signal!.strength).toBeGreaterThan(0.4);
    if (pattern === "speed") expect(signal!.strength).toBeLessThanOrEqual(0.5);
  });

  test("the even gaps inside one call say nothing, however many votes it has", () => {
    const at = Array.from({ length: 10 }, (_, i) => i);
    const developers = many(3, (i) => suspect({ ...start(i), songs: at.map((n) => n + 1), at }));
    expect(timingSignal(developers)).toBeNull();
  });
});

describe("identical ballots", () => {
  const voters = (songs: number[]) => many(30, () => suspect({ songs, at: songs.map((_, i) => i * i * 900) }));

  test("of songs that few would pick say all they can", () => {
    const signal = ballotsSignal(voters([29, 33, 25, 38, 31, 27]), crowd({ fans: 1_000, songs: ballot.map((s) => ({ ...s, votes: s.setlistSongId > 20 ? 60 : 400 })) }));
    expect(signal).toMatchObject({ strength: 1, fans: 30, sameOrder: true });
    expect(signal!.expected).toBeLessThan(1);
  });

  test.each([
    ["the ten that lead", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ["the twelve that lead, but for two", [1, 2, 3, 4, 5, 6, 8, 9, 11, 12]],
  ])("of %s say nothing", (_, songs) => {
    expect(ballotsSignal(voters(songs), crowd())).toBeNull();
  });

  test("do not become likely by their own votes", () => {
    const songs = [29, 33, 25, 38, 31, 27];
    const pumped = ballot.map((song) => (songs.includes(song.setlistSongId) ? { ...song, votes: 530 } : { ...song, votes: 100 }));
    const bots500 = many(500, () => suspect({ songs, at: songs.map((_, i) => i * i * 900) }));
    expect(ballotsSignal(bots500, crowd({ fans: 800, songs: pumped }))?.strength).toBe(1);
  });
});

describe("signals together", () => {
  const full: Record<Signal["kind"], Signal> = {
    network: { kind: "network", strength: 1, young: 9, fans: 9, elsewhere: 0.1 },
    new_accounts: { kind: "new_accounts", strength: 1, young: 9, fans: 9, elsewhere: 0.1 },
    timing: { kind: "timing", strength: 1, pattern: "gaps", measured: 1, of: 9 },
    ballots: { kind: "ballots", strength: 1, songs: [1], fans: 9, expected: 0, sameOrder: false },
  };

  test.each<[Signal["kind"][], "nothing" | "shown" | "held"]>([
    [["network"], "nothing"],
    [["new_accounts"], "nothing"],
    [["network", "new_accounts"], "nothing"],
    [["timing"], "shown"],
    [["ballots"], "shown"],
    [["ballots", "new_accounts"], "shown"],
    [["timing", "new_accounts"], "shown"],
    [["network", "timing"], "held"],
    [["network", "ballots"], "held"],
    [["timing", "ballots"], "held"],
  ])("%j at full strength: %s", (kinds, what) => {
    const score = combinedScore(kinds.map((kind) => full[kind]));
    expect(isQuarantined(score) ? "held" : score >= LOW_SCORE ? "shown" : "nothing").toBe(what);
  });

  test("no single one is enough to hold", () => {
    for (const weight of Object.values(WEIGHTS)) expect(weight).toBeLessThan(HIGH_SCORE);
  });

  test("a stronger signal never lowers the score, which stays between 0 and 1", () => {
    const strengths = fc.record({ network: fc.double({ min: 0, max: 1, noNaN: true }), timing: fc.double({ min: 0, max: 1, noNaN: true }), ballots: fc.double({ min: 0, max: 1, noNaN: true }) });
    const scoreOf = (s: Record<string, number>) =>
      combinedScore((["network", "timing", "ballots"] as const).map((kind) => ({ ...full[kind], strength: s[kind]! })));
    fc.assert(
      fc.property(strengths, fc.constantFrom("network", "timing", "ballots"), fc.double({ min: 0, max: 1, noNaN: true }), (s, kind, more) => {
        const score = scoreOf(s);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(scoreOf({ ...s, [kind]: Math.max(s[kind], more) })).toBeGreaterThanOrEqual(score);
      }),
    );
  });

  test.each(Object.values(full))("$kind has words for a moderator", (signal) => {
    expect(explainSignal(signal)).toMatch(/^\d+ .*\.$/);
  });
});

describe("crowds", () => {
  function findIn(fans: ReturnType<typeof honestCrowd>, songs = 40) {
    const { suspects, crowd: around } = seenByJob(fans, songs);
    return findFraud(suspects, around);
  }

  test.each<[string, CrowdSpec]>([
    ["a city", city],
    ["a stadium behind one address, a third new", { ...city, fans: 4_000, young: 0.3, together: 1, within: 2 * HOUR }],
    ["a festival's sign-up, all new behind one address", { ...city, young: 1, together: 1, within: 3 * HOUR }],
    ["an opening day", { ...city, young: 1, within: 12 * HOUR }],
    ["a third tick the leaders", { ...city, copyLeaders: 0.33 }],
  ])("of people are left alone: %s", (_, spec) => {
    for (const seed of [1, 2, 3]) expect(findIn(honestCrowd(spec, seededRandom(seed)))).toEqual([]);
  });

  test("a fan club that copies one list is shown to a moderator and goes on counting", () => {
    const random = seededRandom(5);
    const [found, ...others] = findIn([...honestCrowd(city, random), ...fanClub(80, 0.33, city, random)]);
    expect(others).toEqual([]);
    expect(found!.userIds.length).toBeGreaterThanOrEqual(79);
    expect(found!.score).toBeLessThan(HIGH_SCORE);
  });

  test.each<[string, Partial<AttackSpec>]>([
    ["from one address, by the metronome", {}],
    ["from rotating addresses, by the metronome", { network: "rotating" }],
    ["from one address, with jitter", { timing: "jittered" }],
    ["with two songs of ten different", { ballots: "near", timing: "jittered" }],
    ["with three songs in common", { accounts: 150, ballots: "core", timing: "jittered" }],
    ["each ballot in one call", { timing: "one-call" }],
    ["behind the crowd's own address", { network: "crowd", timing: "jittered" }],
  ])("an attack is held, and hardly anyone else: %s", (_, change) => {
    const random = seededRandom(7);
    const together = change.network === "crowd" ? 1 : 0;
    const fans = [...honestCrowd({ ...city, together }, random), ...attack({ ...bots, ...change }, 40, city.within, random)];
    const held = new Set(findIn(fans).filter((one) => isQuarantined(one.score)).flatMap((one) => one.userIds));
    const wrong = fans.filter((fan) => fan.bot !== held.has(fan.userId));
    expect(wrong.filter((fan) => fan.bot)).toEqual([]);
    expect(wrong.length).toBeLessThanOrEqual(2);
  });

  test("what is found does not hang on the order in which fans are read, and no fan is found twice", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const random = seededRandom(seed);
        const fans = [...honestCrowd({ ...city, fans: 150 }, random), ...attack({ ...bots, accounts: 20 }, 40, HOUR, random)];
        const { suspects, crowd: around } = seenByJob(fans, 40);
        const found = findFraud(suspects, around);
        const shuffled = [...suspects].sort((a, b) => ((a.userId * 7_919) % 1_009) - ((b.userId * 7_919) % 1_009));
        const ids = (findings: typeof found) => findings.flatMap((one) => [...one.userIds]).sort((a, b) => a - b);
        expect(ids(findFraud(shuffled, around))).toEqual(ids(found));
        expect(new Set(ids(found)).size).toBe(ids(found).length);
      }),
      { numRuns: 15 },
    );
  });

  test("too few accounts are never a pattern", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 7 }), (seed, accounts) => {
        expect(findIn(attack({ ...bots, accounts }, 40, HOUR, seededRandom(seed)))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
