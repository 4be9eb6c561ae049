import { useFetcher } from "@remix-run/react";
import { ArrowUp } from "lucide-react";
import { useEffect } from "react";
import type { FoundSong } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toast.tsx";
import type { AddAnswer } from "./vote-actions.ts";
import { rowId } from "./vote-answer.ts";

interface SongFoundProps {
  song: FoundSong;
  slug: string;
  signedIn: boolean;
}

export function SongFound({ song, slug, signedIn }: SongFoundProps) {
  const fetcher = useFetcher<AddAnswer>();
  const tell = useToast();
  const { data } = fetcher;
  useEffect(() => {
    if (data?.ok) goToRow(data.setlistSongId);
    else if (data) tell("Song not added", data.message);
  }, [data, tell]);
  const onBallot = song.setlistSongId ?? (data?.ok ? data.setlistSongId : null);
  return (
    <li className="flex min-h-14 items-center justify-between gap-4 py-1.5">
      <span dir="auto" className="wrap-title text-start font-semibold">
        {song.title}
      </span>
      {onBallot !== null ? <OnBallot setlistSongId={onBallot} title={song.title} /> : null}
      {onBallot === null && signedIn ? (
        <fetcher.Form method="post" action={`/shows/${slug}`}>
          <input type="hidden" name="intent" value="suggest" />
          <input type="hidden" name="songId" value={song.id} />
          <input type="hidden" name="title" value={song.title} />
          <Button
            data-result=""
            aria-label={`Add ${song.title} to the ballot`}
            onClick={askForData}
          >
            Add
          </Button>
        </fetcher.Form>
      ) : null}
    </li>
  );
}

/** With scripts the answer comes as data instead of a way back to the page. */
function askForData(event: { currentTarget: HTMLButtonElement }) {
  event.currentTarget.name = "answer";
  event.currentTarget.value = "data";
}

function OnBallot({ setlistSongId, title }: { setlistSongId: number; title: string }) {
  return (
    <a
      data-result=""
      href={`#${rowId(setlistSongId)}`}
      className="pen-link flex min-h-11 shrink-0 items-center gap-1"
      aria-label={`${title} is on the ballot: go to it`}
    >
      On the ballot <ArrowUp aria-hidden size={16} />
    </a>
  );
}

/** How long a new row may take to appear after the answer, in frames. */
const PATIENCE = 300;

/** The next thing to do with a new song is to vote for it. */
function goToRow(setlistSongId: number, frames = PATIENCE) {
  requestAnimationFrame(() => {
    const row = document.getElementById(rowId(setlistSongId));
    if (!row) return frames > 0 ? goToRow(setlistSongId, frames - 1) : undefined;
    row.scrollIntoView({ block: "center" });
    row.querySelector<HTMLElement>("button, a")?.focus({ preventScroll: true });
  });
}
