import { Link, useSearchParams } from "@remix-run/react";
import type { StatisticsPage } from "../../http/answers.ts";
import { choosing } from "./shown-anyway.ts";

/** Leads to the figures of a year, a tour, or all. */
export function ScopeLinks({ page: { scope, name, years, tours } }: { page: StatisticsPage }) {
  const [asked] = useSearchParams();
  if (years.length + tours.length === 0) return null;
  return (
    <nav aria-label="Which shows" className="mb-10 flex flex-col gap-4">
      <ul className="flex flex-wrap gap-2">
        <Choice to={choosing({}, asked)} on={scope === "all"}>
          All shows
        </Choice>
        {years.map((year) => (
          <Choice key={year} to={choosing({ year }, asked)} on={scope === "year" && name === year}>
            {year}
          </Choice>
        ))}
      </ul>
      {tours.length > 0 ? (
        <details open={scope === "tour"}>
          <summary className="pen-link inline-flex min-h-11 w-fit items-center">Tours</summary>
          <ul className="mt-2 flex flex-wrap gap-2">
            {tours.map((tour) => (
              <Choice key={tour} to={choosing({ tour }, asked)} on={scope === "tour" && name === tour}>
                {tour}
              </Choice>
            ))}
          </ul>
        </details>
      ) : null}
    </nav>
  );
}

function Choice({ to, on, children }: { to: string; on: boolean; children: string }) {
  const look = on ? "border-transparent bg-marker text-on-marker" : "border-edge bg-sheet";
  return (
    <li className="max-w-full">
      <Link to={to} aria-current={on ? "page" : undefined} className={`inline-flex min-h-11 max-w-full items-center rounded-full border-[1.5px] px-4 font-semibold ${look}`}>
        <bdi className="wrap-title">{children}</bdi>
      </Link>
    </li>
  );
}
