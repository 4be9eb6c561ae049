import type { ArtistPage } from "../../http/answers.ts";
import { ExternalLink } from "../../ui/external-link.tsx";

/** The artist's pages at the services that know the artist. */
export function Elsewhere({ links }: { links: ArtistPage["links"] }) {
  if (links.length === 0) return null;
  return (
    <ul aria-label="Elsewhere" className="mt-6 flex flex-wrap gap-x-8">
      {links.map(({ url, text }) => (
        <li key={url}>
          <ExternalLink href={url}>{text}</ExternalLink>
        </li>
      ))}
    </ul>
  );
}
