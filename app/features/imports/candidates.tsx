import { Form, useNavigation } from "@remix-run/react";
import { ExternalLink } from "lucide-react";
import { useId } from "react";
import { ATTRIBUTION } from "#server/domain/attribution.ts";
import { PROVIDERS } from "#server/domain/provider-records.ts";
import type { ImportProgress } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";

type Candidate = NonNullable<NonNullable<ImportProgress["problem"]>["candidates"]>[number];

/** The artists that could be meant, one of them to be chosen. */
export function Candidates({ problem }: { problem: NonNullable<ImportProgress["problem"]> }) {
  const busy = useNavigation().state === "submitting";
  return (
    <Form method="post" action="/artists/ask" className="flex flex-col gap-5">
      <fieldset>
        <legend className="mb-4 font-display text-xl font-bold">Choose one</legend>
        <ul className="flex flex-col gap-3">
          {problem.candidates?.map((one) => (
            <Choice key={`${one.provider} ${one.id}`} one={one} />
          ))}
        </ul>
      </fieldset>
      <Button disabled={busy} className="min-h-12 self-start">
        Ask for this one
      </Button>
    </Form>
  );
}

function Choice({ one }: { one: Candidate }) {
  const { provider, id, name, about, url } = one;
  const field = useId();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-2xl border-[1.5px] border-line bg-sheet px-4 py-2.5 has-checked:border-marker-deep has-checked:bg-wash">
      <label htmlFor={field} className="grid min-h-11 min-w-0 grow grid-cols-[auto_minmax(0,1fr)] content-center items-center gap-x-3">
        <input id={field} type="radio" name="choice" value={`${provider} ${id} ${name}`} required className="row-span-2 size-5" />
        <span dir="auto" className="wrap-title font-semibold">
          {name}
        </span>
        <span className="wrap-title col-start-2 text-[0.9375rem] text-soft">{about ?? "Nothing more is known"}</span>
      </label>
      {url ? (
        <a href={url} target="_blank" rel="noreferrer" className="pen-link flex min-h-11 items-center gap-1.5">
          {nameOf(provider)} <span className="sr-only">about {[name, about].filter(Boolean).join(", ")} (new tab)</span>
          <ExternalLink aria-hidden size={16} />
        </a>
      ) : null}
    </li>
  );
}

function nameOf(provider: string): string {
  const known = PROVIDERS.find((one) => one === provider);
  return known ? ATTRIBUTION[known].name : provider;
}
