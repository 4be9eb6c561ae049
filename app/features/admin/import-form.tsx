import { Form, useNavigation } from "@remix-run/react";
import { ChevronDown } from "lucide-react";
import { ATTRIBUTION } from "#server/domain/attribution.ts";
import { PROVIDERS } from "#server/domain/provider-records.ts";
import type { FormError } from "../../http/errors.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, Field } from "../../ui/field.tsx";

/** Imports by name, or by id where the name alone does not say who is meant. */
export function ImportForm({ problem }: { problem: FormError | undefined }) {
  const busy = useNavigation().state === "submitting";
  return (
    <div className="mb-12 flex max-w-3xl flex-col gap-4">
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="intent" value="import" />
        <Field label="Import by name" name="name" autoComplete="off" required maxLength={200} error={problem?.fields.name} className="grow" />
        <Force />
        <Button disabled={busy} className="min-h-12">
          Import
        </Button>
      </Form>
      <details className="group rounded-card border-[1.5px] border-line bg-sheet" open={problem?.fields.id ? true : undefined}>
        <summary className="flex min-h-12 list-none items-center gap-2 rounded-card px-5 font-semibold [&::-webkit-details-marker]:hidden">
          Import by id
          <ChevronDown aria-hidden size={18} className="ml-auto transition-transform group-open:rotate-180" />
        </summary>
        <Form method="post" className="flex flex-wrap items-end gap-3 px-5 pb-5">
          <input type="hidden" name="intent" value="import" />
          <Choice label="Provider" name="provider">
            {PROVIDERS.map((provider) => (
              <option key={provider} value={provider}>
                {ATTRIBUTION[provider].name}
              </option>
            ))}
          </Choice>
          <Field label="Id there" name="id" autoComplete="off" spellCheck={false} required maxLength={100} error={problem?.fields.id} className="grow" />
          <Force />
          <Button disabled={busy} className="min-h-12">
            Import
          </Button>
        </Form>
      </details>
    </div>
  );
}

function Force() {
  return (
    <label className="flex min-h-12 items-center gap-2.5">
      <input type="checkbox" name="force" value="yes" className="size-5" />
      Even if already here
    </label>
  );
}
