import { Link } from "@remix-run/react";
import type { MyResults } from "../../http/answers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { percent, percentTenths } from "../../ui/percent.ts";
import { showWhen } from "../shows/when.ts";

const HEAD = ["Show", "Hits", "Points", "Share", "Place", "Accuracy"];

/** The fan's shows, each with the way to its comparison. */
export function ResultTable({ items, now, caption }: { items: MyResults["items"]; now: string; caption: string }) {
  const rows = items.map(({ show, hits, votes, points, share, rank, fans, accuracy }) => ({
    key: show.id,
    cells: [
      <span key="show" className="block min-w-40">
        <Link to={`/shows/${show.slug}/results?list=me`} className="pen-link">
          <bdi>{show.artist.name}</bdi>
        </Link>
        <span className="block text-[0.875rem] font-normal text-soft">
          {showWhen(show, now)}, <bdi>{show.venue.city ?? show.venue.name}</bdi>
        </span>
      </span>,
      `${hits} of ${votes}`,
      points,
      share === null ? "not rated" : percentTenths(share),
      `${rank} of ${fans}`,
      percent(accuracy),
    ],
  }));
  return <DataTable caption={caption} head={HEAD} rows={rows} />;
}
