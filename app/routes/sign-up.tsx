import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { AccountCard } from "../features/account/account-card.tsx";
import { Problem } from "../features/account/problem.tsx";
import { head } from "../features/site/head.ts";
import { toFormError } from "../http/errors.ts";
import { queried, secret, text } from "../http/form.ts";
import { returnPath } from "../http/return-path.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

export const meta: MetaFunction = () =>
  head("Sign up", "Open an account to vote for the songs you expect to hear.");

export function loader({ request, context }: LoaderFunctionArgs) {
  const next = returnPath(queried(request, "next"));
  if (context.actor) return redirect(next, 303);
  return { next };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const [email, displayName] = [text(form, "email"), text(form, "displayName")];
  const password = secret(form, "password");
  try {
    await context.api.auth.register({ email, displayName, password });
    // Registering tells nobody whether the address had an account; only the right password does.
    await context.api.auth.login({ email, password });
    return redirect(returnPath(form.get("next")), 303);
  } catch (error) {
    const { status, ...problem } = toFormError(error);
    return data({ problem, email, displayName }, { status });
  }
}

export default function SignUp() {
  const { next } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state === "submitting";
  const fields = answer?.problem.fields;
  const signIn = (
    <>
      Have an account?{" "}
      <Link to={`/sign-in?next=${encodeURIComponent(next)}`} className="pen-link text-ink">
        Sign in
      </Link>
    </>
  );
  return (
    <AccountCard
      title="Join the crowd"
      lead="Ten votes a show, fifty a day. No mail, no ads."
      footer={signIn}
    >
      <Problem problem={answer?.problem} />
      <Form method="post" className="flex flex-col gap-5">
        <input type="hidden" name="next" value={next} />
        <Field
          label="Name"
          hint="What we call you here."
          name="displayName"
          autoComplete="nickname"
          required
          maxLength={60}
          defaultValue={answer?.displayName}
          error={fields?.displayName}
        />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={answer?.email}
          error={fields?.email}
        />
        <Field
          label="Password"
          hint="At least 10 characters."
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={200}
          error={fields?.password}
        />
        <Button aria-disabled={busy} className="min-h-12">
          Sign up
        </Button>
      </Form>
    </AccountCard>
  );
}
