import { Form, Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import type { UnmatchedTitles } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Key } from "../../ui/keys-help.tsx";
import type { TitleDone } from "./title-actions.ts";
import { titlesPath } from "./titles-path.ts";

const WORDS: Record<TitleDone["what"], string> = {
  song: "is that song now, also when it is played again",
  new_song: "is a song of its own now",
  not_a_song: "counts as no song now",
  reopened: "waits again",
};

/** What was done last, and a way back. */
export function DoneLine({ done }: { done: TitleDone | null }) {
  const [asked] = useSearchParams();
  const back = done?.what === "song" || done?.what === "not_a_song";
  return (
    <div className="mb-4 flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2">
      <p role="status" className="wrap-title min-w-0 text-live">
        {done ? (
          <>
            <bdi>{done.title}</bdi> {WORDS[done.what]}.
          </>
        ) : null}
      </p>
      {done && back ? (
        <Form method="post" action={titlesPath(asked)}>
          <input type="hidden" name="artist" value={done.artist} />
          <input type="hidden" name="key" value={done.titleKey} />
          <input type="hidden" name="title" value={done.title} />
          <Button data-undo tone="outline" name="is" value="reopen">
            Undo <Key>U</Key>
          </Button>
        </Form>
      ) : null}
    </div>
  );
}

/** Between what waits and what was said to be no song. */
export function TitleFilters({ status, counts }: Pick<UnmatchedTitles, "counts"> & { status: "open" | "not_a_song" }) {
  return (
    <nav aria-label="State" className="mb-6 flex flex-wrap gap-x-6">
      <Filter to="/moderation/titles" current={status === "open"}>
        To decide ({counts.open})
      </Filter>
      <Filter to="/moderation/titles?status=not_a_song" current={status === "not_a_song"}>
        Not a song ({counts.not_a_song})
      </Filter>
    </nav>
  );
}

function Filter({ to, current, children }: { to: string; current: boolean; children: ReactNode }) {
  return (
    <Link to={to} aria-current={current ? "page" : undefined} className="inline-flex min-h-11 items-center text-soft hover:text-ink aria-[current=page]:font-semibold aria-[current=page]:text-ink">
      {children}
    </Link>
  );
}
