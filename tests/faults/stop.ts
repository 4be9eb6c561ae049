import { setTimeout as pause } from "node:timers/promises";
import { tallyOf } from "./crowd.ts";
import { grouped, type Figure } from "./figure.ts";
import { startProgram } from "./program.ts";
import { behind, setStage, wrongs } from "./stage.ts";
import { Watcher } from "./watcher.ts";

const DRAIN_SECONDS = 10;

/** Stops the program by SIGTERM under load, with streams open and a request that never ends. */
export async function stopUnderLoad({ times }: { times: number }): Promise<Figure> {
  using stage = await setStage({ fans: 4_000, connections: 64 });
  const watcher = new Watcher(stage.stock.shows[0]!.slug);
  const problems: string[] = [];
  let [survived, lost, slowest] = [0, 0, 0];
  for (let round = 1; round <= times; round += 1) {
    const found: string[] = [];
    const program = await startProgram({ databaseUrl: stage.url });
    await watcher.connect(program.url);
    found.push(...(await behind(stage.url, new Map([[stage.stock.shows[0]!.id, watcher]]))));
    const voting = new AbortController();
    const answering = stage.crowd.vote(program.url, voting.signal);
    await pause(300 + stage.random() * 500);
    const { code, seconds } = await program.end("SIGTERM");
    voting.abort();
    const refused = (await answering).filter((answer) => answer.status !== null && answer.status !== 200 && answer.status !== 503);
    if (refused.length > 0) found.push(`answers on the way out: ${JSON.stringify(tallyOf(refused))}`);
    if (code !== 0) found.push(`ended with ${code}: ${program.log().slice(-300)}`);
    if (seconds > DRAIN_SECONDS) found.push(`took ${seconds.toFixed(1)} s`);
    const comparison = await stage.ledger.compare(stage.url);
    if (comparison.unanswered > 0) found.push(`${comparison.unanswered} votes counted and not answered`);
    found.push(...wrongs("", comparison));
    lost += comparison.lost.length;
    slowest = Math.max(slowest, seconds);
    if (found.length === 0) survived += 1;
    problems.push(...found.map((problem) => `stop ${round}: ${problem}`));
  }
  await watcher.close();
  problems.push(...watcher.problems);
  const measured = [`${grouped(stage.ledger.acknowledged)} acknowledged`, `slowest stop ${slowest.toFixed(2)} s`, "exit code 0"];
  return { fault: "SIGTERM under load", tried: times, survived, lost, measured, problems };
}
