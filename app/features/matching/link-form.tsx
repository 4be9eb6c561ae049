import { Form, useNavigation } from "@remix-run/react";
import { PROVIDERS } from "#server/domain/provider-records.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, Field } from "../../ui/field.tsx";
import { providerName } from "./provider-name.ts";

/** Links an id by hand. */
export function LinkForm({ error, typed }: { error: string | undefined; typed: string | undefined }) {
  const busy = useNavigation().state === "submitting";
  return (
    <Form method="post" className="grid max-w-3xl items-start gap-3 sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
      <Choice label="Provider" name="provider">
        {PROVIDERS.map((provider) => (
          <option key={provider} value={provider}>
            {providerName(provider)}
          </option>
        ))}
      </Choice>
      <Field label="Id there, or the address of its page" name="providerId" autoComplete="off" spellCheck={false} required maxLength={500} defaultValue={typed} error={error} />
      <Button name="intent" value="link" disabled={busy} className="min-h-12 sm:mt-[1.625rem]">
        Link
      </Button>
    </Form>
  );
}
