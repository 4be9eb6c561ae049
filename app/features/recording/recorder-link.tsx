import { Link } from "@remix-run/react";

/** For moderators, from a show's page to where its setlist is written down. */
export function RecorderLink({ slug, written }: { slug: string; written: boolean }) {
  return (
    <p className="mt-8">
      <Link to={`/shows/${slug}/setlist`} className="pen-link inline-flex min-h-11 items-center">
        {written ? "Change the setlist" : "Write the setlist down"}
      </Link>
    </p>
  );
}
