import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { grouped, type Figure } from "./figure.ts";
import { holdLock } from "./held-lock.ts";
import { startProgram } from "./program.ts";
import { setStage, wrongs, type Stage } from "./stage.ts";

/** Votes in one request; as many as the procedures take. */
const BATCH = 20;

interface BatchAnswer {
  status: number;
  retryAfter: string | undefined;
  verdicts: string[];
}

/** One fan's votes for the first songs of two shows, ten each, in one request. */
async function castBatch(agent: Agent, url: string, { stock, ledger }: Stage, fan: number): Promise<BatchAnswer> {
  const shows = [stock.shows[fan % stock.shows.length]!, stock.shows[(fan + 1) % stock.shows.length]!];
  const songs = shows.flatMap((show) => show.setlistSongIds.slice(0, BATCH / 2));
  const ballots = songs.map((setlistSongId) => ({ fan, setlistSongId }));
  for (const ballot of ballots) ledger.ask(ballot);
  const path = `/api/trpc/${songs.map(() => "votes.cast").join(",")}?batch=1`;
  const body = JSON.stringify(Object.fromEntries(songs.map((setlistSongId, i) => [i, { setlistSongId }])));
  const answer = await post(agent, url + path, body, stock.tokens[fan - 1]!);
  ballots.forEach((ballot, i) => {
    if (answer.verdicts[i] === "counted") ledger.acknowledge(ballot, true);
    else ledger.refuse(ballot);
  });
  return answer;
}

function post(agent: Agent, url: string, body: string, token: string): Promise<BatchAnswer> {
  const headers = { "content-type": "application/json", "content-length": body.length, authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    request(url, { agent, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => {
        type Part = { result?: { data: { verdict: string } }; error?: { data: { reason: string } } };
        const parsed = JSON.parse(text) as Part | Part[];
        const verdicts = [parsed].flat().map((part) => part.result?.data.verdict ?? part.error?.data.reason ?? "");
        resolve({ status: response.statusCode!, retryAfter: response.headers["retry-after"], verdicts });
      });
    })
      .once("error", reject)
      .end(body);
  });
}

/** More votes at once than may wait, while another process holds the write lock. */
export async function overfill({ votes }: { votes: number }): Promise<Figure> {
  using stage = await setStage({ fans: votes / BATCH });
  await using program = await startProgram({ databaseUrl: stage.url });
  const agent = new Agent({ keepAlive: true });
  const release = await holdLock(stage.path);
  const asking = stage.stock.tokens.map((_, i) => castBatch(agent, program.url, stage, i + 1));
  await pause(3_000);
  const alive = await fetch(`${program.url}/healthz`);
  await release();
  const answers = await Promise.all(asking);
  agent.destroy();
  const verdicts = answers.flatMap((answer) => answer.verdicts);
  const count = (verdict: string) => verdicts.filter((one) => one === verdict).length;
  const [counted, busy] = [count("counted"), count("busy")];
  const problems: string[] = [];
  if (alive.status !== 200) problems.push(`/healthz answered ${alive.status} meanwhile`);
  if (counted + busy !== votes) problems.push(`${votes - counted - busy} answers were neither counted nor busy`);
  if (busy === 0) problems.push("nothing was refused: the queue has no bound");
  const silent = answers.filter((answer) => answer.verdicts.includes("busy") && answer.retryAfter === undefined);
  if (silent.length > 0) problems.push(`${silent.length} refusals came without Retry-After`);
  const comparison = await stage.ledger.compare(stage.url);
  problems.push(...wrongs("", comparison));
  const { code } = await program.end("SIGTERM");
  if (code !== 0) problems.push(`stopping ended with ${code}`);
  const measured = [`${grouped(counted)} counted after the release`, `${grouped(busy)} refused at once as busy, with Retry-After`];
  const survived = problems.length === 0 ? 1 : 0;
  return { fault: `${grouped(votes)} votes at once while nothing can be written`, tried: 1, survived, lost: comparison.lost.length, measured, problems };
}
