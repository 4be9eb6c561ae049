import { data, redirect } from "@remix-run/node";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, text } from "../../http/form.ts";

/** Lets something go on or stops it, as the buttons say, and goes back to the page. */
export async function answerChange({ request, context }: Asked, form: FormData, { of, back }: { of: "imports" | "jobs"; back: string }) {
  const intent = text(form, "intent");
  if (intent !== "retry" && intent !== "cancel") {
    return data({ problem: "This form is not known here. Load the page again." }, { status: 400 });
  }
  try {
    await context.api[of][intent]({ id: number(form, "id") });
    return redirect(back, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return data({ problem: message }, { status });
  }
}
