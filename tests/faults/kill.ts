import { setTimeout as pause } from "node:timers/promises";
import { grouped, type Figure } from "./figure.ts";
import { startProgram } from "./program.ts";
import { behind, setStage, wrongs } from "./stage.ts";
import { Watcher } from "./watcher.ts";

/** Ends the program by SIGKILL under load again and again; after each time everything told must be there. */
export async function killAgainAndAgain({ times, seed = 1 }: { times: number; seed?: number }): Promise<Figure> {
  using stage = await setStage({ fans: Math.max(2_000, times * 60), seed });
  const { url, crowd, ledger, random } = stage;
  const watchers = new Map(stage.stock.shows.slice(0, 5).map((show) => [show.id, new Watcher(show.slug)]));
  const problems: string[] = [];
  let [lost, unanswered, survived] = [0, 0, 0];
  let program = await startProgram({ databaseUrl: url });
  for (let round = 1; round <= times; round += 1) {
    for (const watcher of watchers.values()) await watcher.connect(program.url);
    const stop = new AbortController();
    const voting = crowd.vote(program.url, stop.signal);
    await pause(150 + random() * 500);
    await program.end("SIGKILL");
    stop.abort();
    await voting;
    program = await startProgram({ databaseUrl: url });
    for (const watcher of watchers.values()) await watcher.connect(program.url);
    const comparison = await ledger.compare(url);
    const found = [...wrongs(`kill ${round}`, comparison), ...(await behind(url, watchers))];
    lost += comparison.lost.length;
    unanswered += comparison.unanswered;
    if (found.length === 0) survived += 1;
    problems.push(...found);
    for (const watcher of watchers.values()) await watcher.close();
  }
  const { code } = await program.end("SIGTERM");
  if (code !== 0) problems.push(`the last stop ended with ${code}`);
  const all = [...watchers.values()];
  problems.push(...all.flatMap((watcher) => watcher.problems));
  const frames = all.reduce((sum, watcher) => sum + watcher.frames, 0);
  const measured = [
    `${grouped(ledger.acknowledged)} votes and retractions acknowledged`,
    `${grouped(unanswered)} done without an answer getting through`,
    `${grouped(frames)} frames on ${all.length} streams that resumed by id, none twice, none back, none missing at rest`,
  ];
  return { fault: "kill -9 under load", tried: times, survived, lost, measured, problems };
}
