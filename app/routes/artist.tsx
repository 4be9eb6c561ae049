import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ArtistHeader } from "../features/artists/artist-header.tsx";
import { Elsewhere } from "../features/artists/elsewhere.tsx";
import { SongList } from "../features/artists/song-list.tsx";
import { forModerators, ModeratorLink } from "../features/moderation/moderator-link.tsx";
import { PastShows } from "../features/shows/past-shows.tsx";
import { ShowRows } from "../features/shows/show-row.tsx";
import { Sources } from "../features/shows/sources.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { movedTo } from "../http/moved.ts";
import { Empty, Section } from "../ui/section.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { name } = data.page.artist;
  return head(name, `Upcoming and past shows of ${name}, and the songs fans expect to hear.`);
};

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  try {
    const page = await context.api.artists.get({ artist: params.slug ?? "" });
    return movedTo({ request, context }, params.slug, page.artist.slug) ?? { page, now: context.now, ...forModerators(context.actor) };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ArtistRoute() {
  const { page, now, moderator } = useLoaderData<typeof loader>();
  const { artist, upcoming, past, pastCursor, songs, links, sources } = page;
  const earlier = pastCursor && `/artists/${artist.slug}/shows?cursor=${pastCursor}`;
  return (
    <>
      <ArtistHeader artist={artist} />
      <Elsewhere links={links} />
      <div className="mt-12 grid gap-x-14 gap-y-14 sm:mt-16 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="min-w-0">
          <Section title="Upcoming shows">
            {upcoming.length > 0 ? (
              <ShowRows shows={upcoming} now={now} without="artist" />
            ) : (
              <Empty title="Nothing announced">When a show is, its ballot opens here.</Empty>
            )}
          </Section>
          <PastShows shows={past} now={now} of="artist" earlier={earlier} />
        </div>
        <div className="min-w-0">
          <Section
            title="Songs"
            aside={
              <span className="flex flex-wrap gap-x-5">
                <Link to={`/artists/${artist.slug}/statistics`} className="pen-link inline-flex min-h-11 items-center">
                  What they play
                </Link>
                <Link to={`/artists/${artist.slug}/leaderboard`} className="pen-link inline-flex min-h-11 items-center">
                  Leaderboard
                </Link>
              </span>
            }
          >
            <SongList songs={songs} />
          </Section>
        </div>
      </div>
      <Sources sources={sources} />
      {moderator ? <ModeratorLink to={`/moderation/artists/${artist.id}`} /> : null}
    </>
  );
}
