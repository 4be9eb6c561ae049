import type { Signal } from "#server/domain/fraud-facts.ts";
import { buildShow, titles, type BuiltShow } from "./builders.ts";
import type { TestFan, TestServer } from "./test-server.ts";

export interface BuiltCase {
  id: number;
  show: BuiltShow;
  /** The fans of the case; each has voted for the last three songs. */
  suspects: TestFan[];
}

/** A case with every kind of signal; its votes are held at once where the score is high. */
export async function buildCase(server: TestServer, { score = 0.93, fans = 9 } = {}): Promise<BuiltCase> {
  const show = await buildShow(server.database, { ballot: titles(12) });
  const songs = show.setlistSongIds.slice(-3);
  for (const many of [2, 4]) {
    const { client } = await server.fan();
    await client.votes.castMany.mutate({ setlistSongIds: show.setlistSongIds.slice(0, many) });
  }
  const suspects: TestFan[] = [];
  for (let i = 0; i < fans; i += 1) {
    const fan = await server.fan(i === 0 ? "A fan with quite an unusually long name, longer than most screens" : `Suspect ${i}`);
    await fan.client.votes.castMany.mutate({ setlistSongIds: songs });
    suspects.push(fan);
  }
  const signals: Signal[] = [
    { kind: "network", strength: 1, young: fans, fans, elsewhere: 0.12 },
    { kind: "timing", strength: 0.8, pattern: "gaps", measured: 0.89, of: fans },
    { kind: "ballots", strength: 1, songs, fans, expected: 0.01, sameOrder: true },
  ];
  const findings = [{ userIds: suspects.map((fan) => fan.id), score, signals }];
  const [id] = await server.write("recordFindings", { showId: show.showId, tallyVersion: 1, findings });
  return { id: id!, show, suspects };
}
