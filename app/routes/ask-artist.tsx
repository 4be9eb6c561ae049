import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { AccountCard } from "../features/account/account-card.tsx";
import { Problem } from "../features/account/problem.tsx";
import { answerAsk } from "../features/imports/ask-actions.ts";
import { head } from "../features/site/head.ts";
import { toSignIn } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";

export const meta: MetaFunction = () => head("Ask for an artist", "Somebody is missing here? Ask, and their songs, shows and setlists come in.");

export function loader({ request, context }: LoaderFunctionArgs) {
  if (!context.actor) return toSignIn({ request, context });
  return { name: queried(request, "name") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  return answerAsk({ request, context }, await request.formData());
}

export default function AskArtist() {
  const { name } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state === "submitting";
  const footer = (
    <Link to="/imports" className="pen-link inline-flex min-h-11 items-center text-ink">
      What you have asked for
    </Link>
  );
  return (
    <AccountCard title="Ask for an artist" lead="Their songs, shows and past setlists come in by themselves. It takes a few minutes." footer={footer}>
      <Problem problem={answer?.problem} />
      {answer?.here ? <Here artist={answer.here} /> : null}
      <Form method="post" className="flex flex-col gap-5">
        <Field
          label="Name"
          hint="As it is on the posters. Case and accents don’t matter."
          name="name"
          autoComplete="off"
          required
          maxLength={200}
          defaultValue={name}
          error={answer?.problem?.fields.name}
        />
        <Button aria-disabled={busy} className="min-h-12">
          Ask
        </Button>
      </Form>
    </AccountCard>
  );
}

function Here({ artist }: { artist: { name: string; slug: string } }) {
  return (
    <div className="mb-5">
      <Notice tone="marker" alert title="Already here">
        <Link to={`/artists/${artist.slug}`} dir="auto" className="pen-link wrap-title">
          {artist.name}
        </Link>{" "}
        has a page on this site.
      </Notice>
    </div>
  );
}
