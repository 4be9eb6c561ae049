import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { ArtistCard } from "../features/artists/artist-card.tsx";
import { ArtistFilters } from "../features/artists/artist-filters.tsx";
import { AskLink } from "../features/imports/ask-link.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { MoreLink } from "../ui/more-link.tsx";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () =>
  head("Artists", "Artists whose setlists fans are calling, by name and genre.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = (name: string) => queried(request, name);
  try {
    return await context.api.artists.list({
      query: asked("query"),
      genre: asked("genre"),
      cursor: asked("cursor"),
    });
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ArtistsPage() {
  const { items, nextCursor, genres } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const query = params.get("query")?.trim() || undefined;
  return (
    <>
      <PageHeading
        title="Artists"
        lead="Everyone with a show to call, from the club to the stadium."
      />
      <ArtistFilters genres={genres} />
      {items.length > 0 ? (
        <ul className="grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 sm:gap-x-6 lg:grid-cols-4 xl:grid-cols-5">
          {items.map((artist) => (
            <ArtistCard key={artist.id} artist={artist} />
          ))}
        </ul>
      ) : (
        <Empty title="No artist fits">
          Check the spelling, or{" "}
          <Link to="/artists" className="pen-link">
            see everyone
          </Link>
          . Is the artist missing? Ask, and songs, shows and setlists come in.
          <div className="mt-6">
            <AskLink name={query} prominent />
          </div>
        </Empty>
      )}
      <MoreLink nextCursor={nextCursor}>More artists</MoreLink>
      {items.length > 0 ? (
        <p className="mt-12 flex flex-wrap items-center gap-x-5 gap-y-3 text-soft">
          Somebody is missing? <AskLink name={query} />
        </p>
      ) : null}
    </>
  );
}
