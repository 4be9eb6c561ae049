import type { ActualSetlist } from "../../http/answers.ts";
import { ExternalLink } from "../../ui/external-link.tsx";
import { Section } from "../../ui/section.tsx";
import { Setlist } from "./setlist.tsx";
import { setlistName } from "./set-words.ts";

/** What was played at a show, each source's account of it on its own. */
export function WhatTheyPlayed({ setlists }: { setlists: ActualSetlist[] }) {
  const [only, ...others] = setlists;
  if (!only) return null;
  const one = others.length === 0;
  return (
    <div className="mt-10 sm:mt-14">
      <Section title="What they played" aside={one ? <SetlistLink setlist={only} /> : null}>
        {one ? <Setlist setlist={only} as="h3" /> : <Accounts setlists={setlists} />}
      </Section>
    </div>
  );
}

function Accounts({ setlists }: { setlists: ActualSetlist[] }) {
  return (
    <div className="flex flex-col gap-12">
      {setlists.map((setlist, i) => (
        <div key={setlist.id}>
          <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6">
            <h3 className="text-xl leading-tight font-bold sm:text-2xl">
              {setlistName(setlist, i, setlists.length)}
            </h3>
            <SetlistLink setlist={setlist} />
          </div>
          <Setlist setlist={setlist} as="h4" />
        </div>
      ))}
    </div>
  );
}

/** Without "nofollow": the source asks for a link that counts. */
function SetlistLink({ setlist: { url, linkText } }: { setlist: ActualSetlist }) {
  if (url === null || linkText === null) return null;
  return <ExternalLink href={url}>{linkText}</ExternalLink>;
}
