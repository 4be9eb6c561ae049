import { Link } from "@remix-run/react";

/** For moderators, from an artist's or a venue's page to what it is known by. */
export function ModeratorLink({ to }: { to: string }) {
  return (
    <p className="mt-10">
      <Link to={to} className="pen-link inline-flex min-h-11 items-center">
        Ids and merges
      </Link>
    </p>
  );
}

/** What a loader adds for moderators, and nothing for everybody else: their pages stay as they are to the byte. */
export function forModerators(actor: { role: string } | null): { moderator?: true } {
  return actor && actor.role !== "user" ? { moderator: true } : {};
}
