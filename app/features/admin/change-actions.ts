import { data, redirect } from "@remix-run/node";
import { type Asked, type FormError, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, text } from "../../http/form.ts";

/** Lets something go on or stops it, as the buttons say, and goes back to the page. */
export async function answerChange({ request, context }: Asked, form: FormData, { of, back }: { of: "imports" | "jobs"; back: string }) {
  const intent = text(form, "intent");
  if (intent !== "retry" && intent !== "cancel") {
    return refused({ reason: "invalid", message: "This form is not known here. Load the page again.", fields: {} }, 400);
  }
  try {
    await context.api[of][intent]({ id: number(form, "id") });
    return redirect(back, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, ...problem } = toFormError(error);
    return refused(problem, status);
  }
}

function refused(problem: FormError, status: number) {
  return data({ here: undefined, problem }, { status });
}
