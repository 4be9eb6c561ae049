import { data, redirect } from "@remix-run/node";
import { PROVIDERS } from "#server/domain/provider-records.ts";
import type { AppCaller } from "../../http/load-context.ts";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { text } from "../../http/form.ts";

type Wanted = Parameters<AppCaller["imports"]["request"]>[0];

/** Asks for an artist by name, by an id at a provider, or for the one that was chosen, and goes to see how it gets on. */
export async function answerAsk({ request, context }: Asked, form: FormData) {
  const wanted = wantedBy(form);
  try {
    const answer = await context.api.imports.request(wanted);
    if (answer.outcome === "queued") return redirect(`/imports/${answer.importId}`, 303);
    return data({ here: answer.artist, problem: undefined }, { status: 200 });
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, ...problem } = toFormError(error);
    return data({ here: undefined, problem }, { status });
  }
}

function wantedBy(form: FormData): Wanted {
  const force = text(form, "force") === "yes";
  const [chosen = "", id = "", ...words] = text(form, "choice").split(" ");
  const name = words.join(" ");
  const provider = PROVIDERS.find((one) => one === (chosen || text(form, "provider")));
  if (provider && chosen) return { provider, id, ...(name && { name }), force };
  if (provider && text(form, "id")) return { provider, id: text(form, "id"), force };
  return { name: text(form, "name"), force };
}
