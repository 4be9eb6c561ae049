import { Link } from "@remix-run/react";
import type { BoardList, Leaderboard } from "../../http/answers.ts";

interface BoardNavProps {
  boards: BoardList;
  at: Leaderboard;
}

/** The way to the other leaderboards. */
export function BoardNav({ boards: { years, artists, tours, artist }, at }: BoardNavProps) {
  return (
    <div className="flex flex-col gap-6">
      <Group name="Everything">
        <BoardLink to="/leaderboards" current={at.board === "all"}>
          All time
        </BoardLink>
        {years.map((year) => (
          <BoardLink key={year} to={`/leaderboards/${year}`} current={at.year === year}>
            {String(year)}
          </BoardLink>
        ))}
      </Group>
      {artist && tours.length > 0 ? (
        <Group name={`Tours of ${artist.name}`}>
          <BoardLink to={`/artists/${artist.slug}/leaderboard`} current={at.board === "artist"}>
            All shows
          </BoardLink>
          {tours.map((tour) => (
            <BoardLink key={tour} to={`/artists/${artist.slug}/leaderboard?tour=${encodeURIComponent(tour)}`} current={at.tour === tour}>
              {tour}
            </BoardLink>
          ))}
        </Group>
      ) : null}
      {artists.length > 0 ? (
        <Group name="Artists">
          {artists.map(({ id, slug, name }) => (
            <BoardLink key={id} to={`/artists/${slug}/leaderboard`} current={at.artist?.id === id && at.board === "artist"}>
              {name}
            </BoardLink>
          ))}
        </Group>
      ) : null}
    </div>
  );
}

function Group({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <nav aria-label={name}>
      <h2 className="text-[0.9375rem] font-semibold text-soft">{name}</h2>
      <ul className="mt-1 flex flex-wrap gap-1">{children}</ul>
    </nav>
  );
}

function BoardLink({ to, current, children }: { to: string; current: boolean; children: string }) {
  return (
    <li className="min-w-0">
      <Link
        to={to}
        aria-current={current ? "page" : undefined}
        className="wrap-title inline-flex min-h-11 items-center rounded-full border-[1.5px] border-line px-4 text-[0.9375rem] font-semibold hover:border-ink aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:text-paper"
      >
        <bdi>{children}</bdi>
      </Link>
    </li>
  );
}
