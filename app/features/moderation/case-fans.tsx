import type { ModerationPage } from "../../http/answers.ts";
import { spanWords } from "./case-words.ts";

/** The fans of a case: who, how old the account was, and what they voted for. */
export function CaseFans({ page }: { page: ModerationPage }) {
  const { members, fans } = page;
  return (
    <>
      {members.length < fans ? (
        <p className="mb-4 text-soft">
          The first {members.length} of {fans}.
        </p>
      ) : null}
      <ul className="border-t-2 border-ink">
        {members.map((fan) => (
          <li
            key={fan.id}
            className="grid gap-x-8 gap-y-1 border-b border-line py-3 lg:grid-cols-[16rem_minmax(0,1fr)]"
          >
            <div className="min-w-0">
              <p dir="auto" className="wrap-title text-start font-semibold">
                {fan.displayName}
              </p>
              <p className="text-sm text-soft">{ageWords(fan.ageAtVote)}</p>
            </div>
            <p dir="auto" className="wrap-title text-start text-[0.9375rem]">
              {fan.songs.length === 0 ? "No votes standing" : fan.songs.join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function ageWords(ms: number | null): string {
  if (ms === null) return "First vote unknown";
  return `First vote ${spanWords(ms)} after signing up`;
}
