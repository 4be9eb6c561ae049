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
  head("Sign in", "Sign in to vote for the songs you expect to hear.");

export function loader({ request, context }: LoaderFunctionArgs) {
  const next = returnPath(queried(request, "next"));
  if (context.actor) return redirect(next, 303);
  return { next };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const email = text(form, "email");
  try {
    await context.api.auth.login({ email, password: secret(form, "password") });
    return redirect(returnPath(form.get("next")), 303);
  } catch (error) {
    const { status, ...problem } = toFormError(error);
    return data({ problem, email }, { status });
  }
}

export default function SignIn() {
  const { next } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state === "submitting";
  const signUp = (
    <>
      New here?{" "}
      <Link to={`/sign-up?next=${encodeURIComponent(next)}`} className="pen-link text-ink">
        Sign up
      </Link>
    </>
  );
  return (
    <AccountCard title="Welcome back" lead="Sign in and your votes count." footer={signUp}>
      <Problem problem={answer?.problem} />
      <Form method="post" className="flex flex-col gap-5">
        <input type="hidden" name="next" value={next} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={answer?.email}
          error={answer?.problem.fields.email}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={200}
          error={answer?.problem.fields.password}
        />
        <Button aria-disabled={busy} className="min-h-12">
          Sign in
        </Button>
      </Form>
    </AccountCard>
  );
}
