import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AskLink } from "../features/imports/ask-link.tsx";
import { ImportRow } from "../features/imports/import-row.tsx";
import { head } from "../features/site/head.ts";
import { toErrorResponse } from "../http/errors.ts";
import { Empty, PageHeading } from "../ui/section.tsx";

export const meta: MetaFunction = () => head("Artists you asked for", "How far the artists are that you have asked for.");

export async function loader({ request, context }: LoaderFunctionArgs) {
  try {
    return await context.api.imports.mine();
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}

export default function ImportsPage() {
  const { items } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeading title="Artists you asked for" lead="They come in by themselves: you need not wait here." />
      <div className="mb-8">
        <AskLink name={undefined} />
      </div>
      {items.length > 0 ? (
        <ul className="border-t-2 border-ink">
          {items.map((one) => (
            <ImportRow key={one.id} one={one} />
          ))}
        </ul>
      ) : (
        <Empty title="Nobody yet">Somebody you want to vote for is missing? Ask for them.</Empty>
      )}
    </>
  );
}
