import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { AccountCard } from "../features/account/account-card.tsx";
import { Problem } from "../features/account/problem.tsx";
import { head } from "../features/site/head.ts";
import { isSignedOut, toFormError, toSignIn } from "../http/errors.ts";
import { queried, text } from "../http/form.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";

export const meta: MetaFunction = () => head("Set up", "Become the first admin of this site.");

export function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.actor) return toSignIn({ request, context });
  return { name: context.actor.displayName, token: queried(request, "token") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  try {
    await context.api.auth.claimSetup({ token: text(form, "token") });
    return redirect("/account", 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, ...problem } = toFormError(error);
    return data({ problem }, { status });
  }
}

export default function Setup() {
  const { name, token } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const busy = useNavigation().state === "submitting";
  return (
    <AccountCard
      title="Take the desk"
      lead={`The first start of this site printed a one-time token. Enter it here and ${name} becomes its first admin.`}
    >
      <Problem problem={problem} />
      <Form method="post" className="flex flex-col gap-5">
        <Field
          label="Set-up token"
          name="token"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={100}
          defaultValue={token}
          error={problem?.fields.token}
        />
        <Button aria-disabled={busy} className="min-h-12">
          Become admin
        </Button>
      </Form>
    </AccountCard>
  );
}
