import type { ListedJob } from "../../http/answers.ts";
import { Chip } from "../../ui/chip.tsx";
import { ChangeButton } from "./change-button.tsx";
import { instantOf } from "./job-tables.tsx";

/** Jobs of the queue, or those that failed for good, with what can be done about them. */
export function JobList({ jobs, can, none }: { jobs: ListedJob[]; can: "retry" | "cancel"; none: string }) {
  if (jobs.length === 0) return <p className="text-soft">{none}</p>;
  return (
    <ul className="border-t-2 border-ink">
      {jobs.map((job) => (
        <li key={job.id} className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-3">
          <div className="min-w-0 grow basis-64">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="wrap-title font-semibold">{[job.name, job.key].filter(Boolean).join(": ")}</span>
              {job.state === "running" ? <Chip tone="live">Running</Chip> : null}
            </p>
            <p className="wrap-title text-[0.9375rem] text-soft tabular-nums">
              Job {job.id}, {whenWords(job)}
            </p>
            {job.error ? <p className="wrap-title text-[0.9375rem] text-danger">{job.error}</p> : null}
          </div>
          <ChangeButton intent={can} id={job.id} of={`job ${job.id}`} />
        </li>
      ))}
    </ul>
  );
}

function whenWords({ state, runAt, finishedAt, attempts, owner }: ListedJob): string {
  const tries = attempts > 0 ? `, failed ${attempts === 1 ? "once" : `${attempts} times`}` : "";
  if (finishedAt) return `gave up ${instantOf(finishedAt)} UTC${tries}`;
  if (state === "running") return `run by ${owner ?? "nobody"}${tries}`;
  return `not before ${instantOf(runAt)} UTC${tries}`;
}
