import { Form, Link, useSearchParams } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FoundSong, UnmatchedTitle } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Field } from "../../ui/field.tsx";
import { Key } from "../../ui/keys-help.tsx";
import { percent } from "../../ui/percent.ts";
import { Summary } from "../../ui/summary.tsx";
import { titlesPath, whereInTitles } from "./titles-path.ts";

interface TitleRowProps {
  title: UnmatchedTitle;
  /** Whether keys act on it. */
  current: boolean;
  /** What a search for its song has found. */
  found: { query: string; songs: FoundSong[] } | null;
}

/** One played title with what it may be. */
export function TitleRow({ title, current, found }: TitleRowProps) {
  const { artist, suggestion, decidedAt } = title;
  return (
    <li data-title className={`border-b border-line py-5 ${current ? "border-s-4 border-s-marker-deep ps-3" : ""}`}>
      <h2 className="wrap-title font-display text-xl leading-tight font-bold sm:text-2xl">
        <bdi>{title.title}</bdi>
      </h2>
      <p className="wrap-title mt-1 text-[0.9375rem] text-soft">
        <Link to={`/artists/${artist.slug}`} className="pen-link">
          <bdi>{artist.name}</bdi>
        </Link>
        {title.coverOf ? (
          <>
            , <bdi>{title.coverOf}</bdi> cover
          </>
        ) : null}
        , in {title.times === 1 ? "one setlist" : `${title.times} setlists`}, last on {title.lastPlayedOn}
      </p>
      {decidedAt === null ? (
        <>
          <div className="mt-3 flex flex-wrap items-center gap-2">
            {suggestion ? (
              <Decision title={title} songId={suggestion.songId}>
                <Button data-press="song" name="is" value="song" aria-keyshortcuts={current ? "A" : undefined} className="text-start">
                  <span className="wrap-title">
                    It is <bdi>{suggestion.title}</bdi>
                  </span>
                  {current ? <Key>A</Key> : null}
                </Button>
              </Decision>
            ) : null}
            <Decision title={title}>
              <Button data-press="new_song" name="is" value="new_song" tone="outline" aria-keyshortcuts={current ? "N" : undefined}>
                A song of its own {current ? <Key>N</Key> : null}
              </Button>
              <Button data-press="not_a_song" name="is" value="not_a_song" tone="danger" aria-keyshortcuts={current ? "X" : undefined}>
                Not a song {current ? <Key>X</Key> : null}
              </Button>
            </Decision>
            {suggestion ? <Chip tone={suggestion.confidence >= 0.9 ? "live" : "plain"}>{percent(suggestion.confidence)} sure</Chip> : null}
          </div>
          <OtherSong title={title} found={found} />
        </>
      ) : (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-[0.9375rem]">
            By <bdi>{title.decidedBy ?? "somebody"}</bdi>, {decidedAt.slice(0, 10)}
          </p>
          <Decision title={title}>
            <Button name="is" value="reopen" tone="outline">
              Decide it again
            </Button>
          </Decision>
        </div>
      )}
    </li>
  );
}

function Decision({ title, songId, children }: { title: UnmatchedTitle; songId?: number; children: ReactNode }) {
  const [asked] = useSearchParams();
  return (
    <Form method="post" action={titlesPath(asked)} className="flex min-w-0 flex-wrap gap-2">
      <input type="hidden" name="artist" value={title.artist.id} />
      <input type="hidden" name="key" value={title.titleKey} />
      <input type="hidden" name="title" value={title.title} />
      {songId === undefined ? null : <input type="hidden" name="songId" value={songId} />}
      {children}
    </Form>
  );
}

/** Looks for the song among the artist's others. */
function OtherSong({ title, found }: Pick<TitleRowProps, "title" | "found">) {
  const [asked] = useSearchParams();
  return (
    <details className="group mt-2" open={found !== null}>
      <Summary>Another song</Summary>
      <Form method="get" action="/moderation/titles" preventScrollReset className="mt-1 flex max-w-xl items-end gap-2">
        <input type="hidden" name="artist" value={title.artist.id} />
        <input type="hidden" name="key" value={title.titleKey} />
        {whereInTitles(asked).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Field label="Part of its title" name="q" type="search" required maxLength={100} defaultValue={found?.query ?? ""} autoComplete="off" className="grow" />
        <Button tone="outline" className="min-h-12">
          Search
        </Button>
      </Form>
      {found?.songs.length === 0 ? <p className="mt-2 text-soft">No song of the artist has that in its title.</p> : null}
      <ul className="mt-2 flex flex-col gap-1">
        {found?.songs.map((song) => (
          <li key={song.id}>
            <Decision title={title} songId={song.id}>
              <Button name="is" value="song" tone="outline" className="text-start">
                <span className="wrap-title">
                  It is <bdi>{song.title}</bdi>
                </span>
              </Button>
            </Decision>
          </li>
        ))}
      </ul>
    </details>
  );
}
