import { data, redirect } from "@remix-run/node";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { text } from "../../http/form.ts";

/** Does what a moderator decided and goes back to the case. */
export async function answerDecision({ request, context }: Asked, id: number) {
  const { api } = context;
  const form = await request.formData();
  const intent = text(form, "intent");
  if (intent !== "hold" && intent !== "release") {
    return data({ problem: "This form is not known here. Load the page again." }, { status: 400 });
  }
  try {
    const decide = intent === "hold" ? api.moderation.hold : api.moderation.release;
    await decide({ id, note: text(form, "note") });
    return redirect(`/moderation/${id}`, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return data({ problem: message }, { status });
  }
}
