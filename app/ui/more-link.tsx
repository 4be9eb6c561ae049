import { Link, useSearchParams } from "@remix-run/react";
import { Button } from "./button.tsx";

interface MoreLinkProps {
  nextCursor: string | null;
  children: string;
}

/** Leads to the next page of a list and back to its start; plain links that keep the filters. */
export function MoreLink({ nextCursor, children }: MoreLinkProps) {
  const [params] = useSearchParams();
  const paged = params.has("cursor");
  if (!nextCursor && !paged) return null;
  return (
    <nav aria-label="Pages" className="mt-8 flex flex-wrap justify-center gap-3">
      {paged ? (
        <Button asChild tone="quiet">
          <Link to={`?${withCursor(params, null)}`}>Back to the start</Link>
        </Button>
      ) : null}
      {nextCursor ? (
        <Button asChild tone="outline">
          <Link to={`?${withCursor(params, nextCursor)}`}>{children}</Link>
        </Button>
      ) : null}
    </nav>
  );
}

function withCursor(params: URLSearchParams, cursor: string | null): string {
  const next = new URLSearchParams(params);
  if (cursor) next.set("cursor", cursor);
  else next.delete("cursor");
  return next.toString();
}
