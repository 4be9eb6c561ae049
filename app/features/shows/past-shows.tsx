import { Link } from "@remix-run/react";
import type { PastShow } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/section.tsx";
import { ShowRows } from "./show-row.tsx";

interface PastShowsProps {
  shows: PastShow[];
  now: string;
  /** What the page is about. */
  of: "artist" | "venue";
  /** Where earlier ones are; null where there are none. */
  earlier: string | null;
}

/** The latest shows that are over, with the way to those before. */
export function PastShows({ shows, now, of, earlier }: PastShowsProps) {
  if (shows.length === 0) return null;
  return (
    <Section title="Past shows">
      <ShowRows shows={shows} now={now} without={of} />
      {earlier === null ? null : (
        <p className="mt-8 flex justify-center">
          <Button asChild tone="outline">
            <Link to={earlier}>Earlier shows</Link>
          </Button>
        </p>
      )}
    </Section>
  );
}
