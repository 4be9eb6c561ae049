import type { Source } from "../../http/answers.ts";

/** Whose data a page shows, as their terms ask to have it said. */
export function Sources({ sources }: { sources: Source[] }) {
  if (sources.length === 0) return null;
  return (
    <aside aria-label="Sources" className="mt-16 border-t border-line pt-5 text-[0.9375rem] text-soft">
      <ul className="flex flex-wrap gap-x-8 gap-y-2">
        {sources.map(({ provider, text, home, licence }) => (
          <li key={provider}>
            <OutLink href={home}>{text}</OutLink>
            {licence === null ? null : (
              <>
                . <OutLink href={licence.url}>{licence.text}</OutLink>
              </>
            )}
          </li>
        ))}
      </ul>
    </aside>
  );
}

function OutLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} rel="noopener" className="pen-link">
      {children}
    </a>
  );
}
