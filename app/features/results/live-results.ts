import { compare } from "#server/domain/results/compare.ts";
import { noScoreOf, stateOf } from "#server/domain/results/standing.ts";
import { verdictWords } from "#server/domain/results/words.ts";
import type { ResultsPage, SetlistFrame } from "../../http/answers.ts";

/** The page as it stands with another setlist: by the rules that the server goes by. */
export function withSetlist(page: ResultsPage, setlist: SetlistFrame | null): ResultsPage {
  const { show, voting, mine } = page;
  const compared = compare(setlist, page.songs, mine && !mine.held ? mine : null);
  return {
    ...page,
    setlist,
    sets: compared.sets,
    songs: compared.songs,
    state: stateOf(show.status, setlist, voting.open),
    noScore: noScoreOf(show.status, setlist),
    otherAccounts: setlist?.others ?? [],
    verdict: setlist?.verdict ? verdictWords(setlist.verdict, setlist.lists) : "",
    mine: mine && { ...mine, score: compared.fan?.score ?? null, called: compared.fan?.calls ?? [] },
  };
}

/** The page of whoever hides spoilers, with all that would tell what was played at this show or the ones before taken out. */
export function concealed(page: ResultsPage): ResultsPage {
  const { mine, ...hidden } = withoutLastShows(isPlayed(page) ? withSetlist(page, null) : page);
  return { ...hidden, mine: mine && { ...mine, place: null } };
}

/** Whether anybody has written down a song. */
export function isPlayed({ setlist, otherAccounts }: Pick<ResultsPage, "setlist" | "otherAccounts">): boolean {
  return titlesIn(setlist).length > 0 || otherAccounts.some(({ songs }) => songs > 0);
}

function withoutLastShows(page: ResultsPage): ResultsPage {
  const expected = page.songs.filter(({ onBallot, crowd, forecast }) => onBallot || crowd !== null || forecast !== null);
  return { ...page, songs: expected.map((song) => ({ ...song, lastShows: null })) };
}

/** What to say of a setlist that has changed, for those who listen; "" where nothing is new. */
export function newsOf(before: SetlistFrame | null, now: SetlistFrame | null): string {
  const [had, have] = [titlesIn(before), titlesIn(now)];
  if (now === null || have.length === 0) return "";
  const score = now.lists.crowd ? ` The crowd has ${now.lists.crowd.hits} of ${now.lists.crowd.of}.` : "";
  const grown = have.length > had.length && had.every((title, i) => title === have[i]);
  if (grown) return `${have.slice(had.length).join(", ")}.${score}`;
  if (had.join() !== have.join()) return `The setlist was corrected.${score}`;
  return before?.status !== now.status && now.status === "final" ? `The setlist is final.${score}` : "";
}

/** Titles that are written down, in order, tapes too. */
export function titlesIn(setlist: SetlistFrame | null): string[] {
  return (setlist?.sets ?? []).flatMap(({ songs }) => songs.map(({ title }) => title));
}
