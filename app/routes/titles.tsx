import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { ModerationTabs } from "../features/moderation/moderation-tabs.tsx";
import { answerTitle, readDone, type TitleProblem } from "../features/recording/title-actions.ts";
import { DoneLine, TitleFilters } from "../features/recording/title-lines.tsx";
import { TitleRow } from "../features/recording/title-row.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { MoreLink } from "../ui/more-link.tsx";
import { Notice } from "../ui/notice.tsx";
import { KeysHelp } from "../ui/keys-help.tsx";
import { useHydrated } from "../ui/hydrated.ts";
import { Empty, PageHeading } from "../ui/section.tsx";
import { useKeys, useKeysWanted } from "../ui/use-keys.ts";

export const meta: MetaFunction = () => head("Titles", "Played titles that are none of their artists' songs.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api } = context;
  const status = queried(request, "status") === "not_a_song" ? "not_a_song" : "open";
  try {
    const list = await api.setlists.unmatched.list({ status, cursor: queried(request, "cursor") });
    const [artist, titleKey, query] = [Number(queried(request, "artist") ?? 0), queried(request, "key"), queried(request, "q")];
    const found = artist > 0 && titleKey && query ? { artist, titleKey, query, songs: (await api.songs.search({ artist, query })).items } : null;
    return { list, status, found, done: readDone(request), further: queried(request, "cursor") !== undefined } as const;
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  return answerTitle({ request, context });
}

/** Presses a button of the row that is looked at; what a search has found has no key. */
function press(row: number, what: string): void {
  document.querySelectorAll<HTMLElement>("[data-title]")[row]?.querySelector<HTMLButtonElement>(`button[data-press="${what}"]`)?.click();
}

const KEYS = [
  ["A", "It is the song that is suggested"],
  ["N", "It is a song of its own"],
  ["X", "It is not a song"],
  ["S or ↓", "The next title"],
  ["↑", "The title before"],
  ["U", "Undo the last decision"],
] as const;

export default function TitlesPage() {
  const { list, status, found, done, further } = useLoaderData<typeof loader>();
  const refused = useActionData<TitleProblem>();
  const [wished, setWished] = useState(0);
  const [help, setHelp] = useState(false);
  const [wanted, setWanted] = useKeysWanted();
  const keyed = useHydrated() && status === "open";
  const at = Math.min(wished, Math.max(0, list.items.length - 1));
  const go = (to: number) => {
    setWished(to);
    document.querySelectorAll("[data-title]")[to]?.scrollIntoView({ block: "nearest" });
  };
  useKeys(
    {
      a: () => press(at, "song"),
      n: () => press(at, "new_song"),
      x: () => press(at, "not_a_song"),
      u: () => document.querySelector<HTMLButtonElement>("[data-undo]")?.click(),
      s: () => go(Math.min(at + 1, list.items.length - 1)),
      ArrowDown: () => go(Math.min(at + 1, list.items.length - 1)),
      ArrowUp: () => go(Math.max(at - 1, 0)),
      "?": () => setHelp(!help),
    },
    wanted && keyed,
  );
  return (
    <>
      <PageHeading title="Titles" lead="Played titles that are none of their artist's songs, the most played first. You say which song each one is." />
      <ModerationTabs />
      {refused?.problem ? (
        <div className="mb-4">
          <Notice tone="danger" alert>
            {refused.problem}
          </Notice>
        </div>
      ) : null}
      <DoneLine done={done} />
      <TitleFilters status={status} counts={list.counts} />
      {list.items.length === 0 ? (
        <NoTitles status={status} further={further} />
      ) : (
        <ol className="border-t-2 border-ink">
          {list.items.map((title, i) => (
            <TitleRow
              key={`${title.artist.id} ${title.titleKey}`}
              title={title}
              current={i === at && wanted && status === "open"}
              found={found && found.artist === title.artist.id && found.titleKey === title.titleKey ? found : null}
            />
          ))}
        </ol>
      )}
      <MoreLink nextCursor={list.nextCursor}>More titles</MoreLink>
      {keyed ? (
        <div className={`mt-6 ${help ? "" : "max-md:hidden"}`}>
          <KeysHelp keys={KEYS} open={help} onOpen={setHelp} active={wanted} onActive={setWanted} />
        </div>
      ) : null}
    </>
  );
}

function NoTitles({ status, further }: { status: "open" | "not_a_song"; further: boolean }) {
  if (further) return <Empty title="That was the last one">Titles before it may still wait at the start of the list.</Empty>;
  if (status === "open") return <Empty title="Every title is a song">What matches no song of its artist comes here by itself.</Empty>;
  return <Empty title="Nothing here">Nobody has said of a title that it is no song.</Empty>;
}
