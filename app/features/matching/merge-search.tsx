import { Form, useNavigation } from "@remix-run/react";
import type { FoundRecord, RecordLinks } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";

interface MergeSearchProps {
  of: RecordLinks;
  query: string | undefined;
  /** Null before anything was searched for. */
  found: FoundRecord[] | null;
}

/** Finds another one of ours by name, to merge the two. */
export function MergeSearch({ of, query, found }: MergeSearchProps) {
  const others = found?.filter(({ id }) => id !== of.id);
  return (
    <>
      <Form method="get" role="search" className="grid max-w-2xl items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Field label={`Find the other ${of.kind}`} name="query" type="search" required maxLength={100} defaultValue={query} />
        <Button tone="outline" className="min-h-12">
          Search
        </Button>
      </Form>
      {others?.length === 0 ? <p className="mt-5 text-soft">Nobody else here is called so.</p> : null}
      {others && others.length > 0 ? (
        <ul className="mt-5 border-t-2 border-ink">
          {others.map((one) => (
            <FoundRow key={one.id} one={one} />
          ))}
        </ul>
      ) : null}
    </>
  );
}

function FoundRow({ one }: { one: FoundRecord }) {
  const busy = useNavigation().state === "submitting";
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 border-b border-line py-3 sm:px-2">
      <div className="min-w-0 grow">
        <p dir="auto" className="wrap-title text-start font-semibold">
          {one.name}
        </p>
        <p dir="auto" className="wrap-title text-start text-sm text-soft">
          {[one.about, `number ${one.id}`].filter(Boolean).join(", ")}
        </p>
      </div>
      <Form method="post" className="flex flex-wrap gap-2">
        <input type="hidden" name="other" value={one.id} />
        <Button tone="outline" name="intent" value="take-in" disabled={busy}>
          Merge it into this one <span className="sr-only">{one.name}</span>
        </Button>
        <Button tone="outline" name="intent" value="give-in" disabled={busy}>
          Merge this one into it <span className="sr-only">{one.name}</span>
        </Button>
      </Form>
    </li>
  );
}
