import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { ApiTokens } from "../features/account/api-tokens.tsx";
import { MyShows } from "../features/account/my-shows.tsx";
import { answerTokens } from "../features/account/token-actions.ts";
import { head } from "../features/site/head.ts";
import { toErrorResponse, toSignIn } from "../http/errors.ts";
import { queried } from "../http/form.ts";
import { Button } from "../ui/button.tsx";
import { MoreLink } from "../ui/more-link.tsx";
import { PageHeading, Section } from "../ui/section.tsx";

export const meta: MetaFunction = () =>
  head("My account", "Your votes by show, and your API tokens.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, actor, now } = context;
  if (!actor) return toSignIn({ request, context });
  try {
    const mine = api.votes.mine({ cursor: queried(request, "cursor") });
    const [votes, tokens] = await Promise.all([mine, api.tokens.list()]);
    const { displayName, email, role } = actor;
    return { votes, tokens: tokens.items, fan: { displayName, email, role }, now };
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export function action({ request, context }: ActionFunctionArgs) {
  return answerTokens({ request, context });
}

export default function AccountPage() {
  const { votes, tokens, fan, now } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const signOut = (
    <Form method="post" action="/sign-out">
      <Button tone="outline">Sign out</Button>
    </Form>
  );
  return (
    <>
      <PageHeading
        title={fan.displayName}
        lead={`${fan.email}${fan.role === "user" ? "" : `, ${fan.role}`}`}
      />
      <div className="mb-12 flex flex-wrap items-center gap-x-6 gap-y-3">
        {signOut}
        <Link to="/results" className="pen-link inline-flex min-h-11 items-center">
          My results
        </Link>
        <Link to="/imports" className="pen-link inline-flex min-h-11 items-center">
          Artists you asked for
        </Link>
      </div>
      <Section title="My votes">
        <MyShows items={votes.items} now={now} />
        <MoreLink nextCursor={votes.nextCursor}>Earlier shows</MoreLink>
      </Section>
      <Section title="API tokens">
        <ApiTokens tokens={tokens} now={now} created={answer?.created} problem={answer?.problem} />
      </Section>
    </>
  );
}
