import { Link } from "@remix-run/react";
import { ListChecks } from "lucide-react";
import type { ActualSetlist } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { ExternalLink } from "../../ui/external-link.tsx";
import { Section } from "../../ui/section.tsx";
import { Concealed } from "../spoilers/spoiler-forms.tsx";
import { Setlist } from "./setlist.tsx";
import { setlistName } from "./set-words.ts";

/** What was played at a show, each source's account of it on its own. */
export function WhatTheyPlayed({ setlists, slug }: { setlists: ActualSetlist[]; slug: string }) {
  const [only, ...others] = setlists;
  if (!only) return null;
  const one = others.length === 0;
  return (
    <div className="mt-10 sm:mt-14">
      <Section title="What they played" aside={one ? <SetlistLink setlist={only} /> : null}>
        {one ? <Setlist setlist={only} as="h3" /> : <Accounts setlists={setlists} />}
        {setlists.some(({ sets }) => sets.length > 0) ? <ResultsLink slug={slug} /> : null}
      </Section>
    </div>
  );
}

/** What was played stays hidden, and so does how it was called. */
export function ConcealedSetlist({ showId, slug }: { showId: number; slug: string }) {
  return (
    <div className="mt-10 sm:mt-14">
      <Section title="What they played">
        <Concealed showId={showId}>What they played is known. It stays off this page until you want to see it.</Concealed>
        <ResultsLink slug={slug} />
      </Section>
    </div>
  );
}

function ResultsLink({ slug }: { slug: string }) {
  return (
    <p className="mt-6">
      <Button asChild>
        <Link to={`/shows/${slug}/results`}>
          <ListChecks aria-hidden size={18} /> Who called it?
        </Link>
      </Button>
    </p>
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
