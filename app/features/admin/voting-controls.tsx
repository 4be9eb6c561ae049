import { Form, useNavigation } from "@remix-run/react";
import { ChevronDown, ShieldCheck } from "lucide-react";
import type { ShowPage } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { timeThere } from "../shows/places.ts";
import { wallClock } from "../shows/when.ts";

/** What an admin can do with the voting of one show. Every change goes to the audit log with its note. */
export function VotingControls({ page }: { page: ShowPage }) {
  const { voting, venue, show } = page;
  const busy = useNavigation().state === "submitting";
  const locked = voting.reason === "locked";
  const { date, time } = wallClock(voting.closesAt, venue.timeZone);
  return (
    <details className="group rounded-card border-[1.5px] border-line bg-sheet">
      <summary className="flex min-h-12 list-none items-center gap-2 rounded-card px-5 font-semibold [&::-webkit-details-marker]:hidden">
        <ShieldCheck aria-hidden size={20} /> Admin
        <ChevronDown
          aria-hidden
          size={18}
          className="ml-auto transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="flex flex-col gap-6 px-5 pb-5">
        <Form method="post" action={`/shows/${show.slug}`} className="flex flex-col gap-3">
          <input type="hidden" name="intent" value={locked ? "unlock" : "lock"} />
          <Field label="Note for the log" name="note" maxLength={500} />
          <Button tone={locked ? "marker" : "danger"} disabled={busy}>
            {locked ? "Unlock voting" : "Lock voting"}
          </Button>
        </Form>
        <Form
          key={String(locked)}
          method="post"
          action={`/shows/${show.slug}`}
          className="flex flex-col gap-3 border-t border-line pt-5"
        >
          <input type="hidden" name="intent" value="move-close" />
          <input type="hidden" name="timeZone" value={venue.timeZone} />
          <Field
            key={voting.closesAt}
            label="Voting closes"
            hint={`In ${timeThere(venue)}. Leave it empty for the usual close at show time.`}
            name="closesAt"
            type="datetime-local"
            defaultValue={`${date}T${time}`}
          />
          <Field label="Note for the log" name="note" maxLength={500} />
          <Button tone="outline" disabled={busy}>
            Move the close
          </Button>
        </Form>
      </div>
    </details>
  );
}
