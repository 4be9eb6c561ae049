import type { ArtistRecord, Provider } from "#server/domain/provider-records.ts";
import { GiveUp } from "../job.ts";

/** What whoever asked for an import should know: who could be meant. */
export interface Problem {
  reason: string;
  message: string;
  candidates: { provider: Provider; id: string; name: string; about: string | null; url: string | null }[];
}

/** Thrown where it is not clear who is meant. */
export class WhoProblem extends GiveUp {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason, problem.message);
    this.problem = problem;
  }
}

export function ambiguous(name: string, provider: Provider, found: ArtistRecord[]): Problem {
  return { reason: "ambiguous", message: `Several artists are called “${name}”. Say which one you mean.`, candidates: candidates(provider, found) };
}

export function unknownName(name: string, provider: Provider, found: ArtistRecord[]): Problem {
  const nearest = found.length > 0 ? " Is it one of these?" : " Check how it is spelled.";
  return { reason: "not_found", message: `Nobody called “${name}” was found.${nearest}`, candidates: candidates(provider, found) };
}

function candidates(provider: Provider, found: ArtistRecord[]): Problem["candidates"] {
  return found.map(({ id, name, disambiguation, country, url }) => {
    const about = [disambiguation, country].filter((words) => words !== null).join(", ");
    return { provider, id, name, about: about === "" ? null : about, url };
  });
}
