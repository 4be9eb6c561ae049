/**
 * A runner in a process of its own: `runner-process.ts DATABASE_URL` says that it is ready, waits for a line, does
 * what is in the queue, prints the key of each job that it has done, and ends.
 */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pino from "pino";
import { openReader, openWriter } from "#db/client.ts";
import { Writer } from "#db/writer.ts";
import { Runner } from "#jobs/runner.ts";
import type { RunningJob } from "#jobs/tasks/job.ts";
import { commandsWith, type Write } from "#server/commands/registry.ts";
import { readJobs, readWork } from "#server/views/jobs.ts";

const url = process.argv[2]!;
const reader = await openReader(url);
const writer = await Writer.start({
  registry: commandsWith({ networkKey: "the-key-of-the-tests" }),
  open: () => openWriter(url),
  sleep,
  random: Math.random,
  clock: () => performance.now(),
  schedule: () => () => {},
});
const write = (async (name: string, input: unknown) => {
  const outcome = await writer.submit({ name, input, now: Date.now() });
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}) as Write;

async function fetchNothing(job: RunningJob): Promise<void> {
  for (let page = 1; page <= 3; page += 1) await write("saveJobStep", { step: job.step(page) });
  process.stdout.write(`${(job.payload as { showId: number }).showId}\n`);
}

const runner = new Runner({
  write,
  look: (wanted, now) => readWork(reader.db, wanted, now),
  handlers: { "fetch-setlist": fetchNothing },
  owner: `process ${process.pid}`,
  log: pino({ level: "error" }, pino.destination({ dest: 2, sync: true })),
  now: Date.now,
  elapsed: () => performance.now(),
  random: Math.random,
  memory: () => process.memoryUsage.rss(),
  repeat: () => () => {},
});
process.stdout.write("ready\n");
await once(process.stdin, "data");
process.stdin.destroy();
while ((await readJobs(reader.db, ["queued", "running"], 1)).length > 0) {
  runner.poll();
  await runner.idle();
  await sleep(5);
}
await runner.stop();
await writer.close();
reader.close();
