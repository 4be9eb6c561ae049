import { Form, useNavigation } from "@remix-run/react";
import type { ApiToken, NewApiToken } from "../../http/answers.ts";
import type { FormError } from "../../http/errors.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { dateWords, wallClock } from "../shows/when.ts";

interface ApiTokensProps {
  tokens: ApiToken[];
  now: string;
  created: NewApiToken | undefined;
  problem: FormError | undefined;
}

/** Tokens with which the fan's own scripts sign in. */
export function ApiTokens({ tokens, now, created, problem }: ApiTokensProps) {
  const busy = useNavigation().state === "submitting";
  return (
    <div className="max-w-3xl">
      <p className="mb-5 text-soft">
        A token lets a script of yours vote as you. Treat it like a password.
      </p>
      {created ? <Created token={created} /> : null}
      {problem && !problem.fields.name ? (
        <div className="mb-5">
          <Notice tone="danger" alert>
            {problem.message}
          </Notice>
        </div>
      ) : null}
      <Form method="post" className="flex items-end gap-3">
        <input type="hidden" name="intent" value="create-token" />
        <Field
          label="Name of a new token"
          name="name"
          required
          maxLength={60}
          autoComplete="off"
          className="grow"
          error={problem?.fields.name}
        />
        <Button tone="outline" aria-disabled={busy} className="min-h-12">
          Create
        </Button>
      </Form>
      <TokenList tokens={tokens} now={now} />
    </div>
  );
}

function Created({ token }: { token: NewApiToken }) {
  return (
    <div className="mb-6" role="status">
      <Notice tone="marker" title={`“${token.name}” is ready`}>
        <p>Copy it now. It is not shown again.</p>
        <code className="mt-2 block rounded-lg bg-sheet p-3 font-mono text-sm break-all select-all">
          {token.token}
        </code>
      </Notice>
    </div>
  );
}

function TokenList({ tokens, now }: { tokens: ApiToken[]; now: string }) {
  if (tokens.length === 0) return null;
  const day = (instant: string) =>
    dateWords(wallClock(instant, "UTC").date, wallClock(now, "UTC").date);
  return (
    <ul className="mt-6 border-t-2 border-ink">
      {tokens.map((token) => (
        <li
          key={token.id}
          className="flex items-center justify-between gap-4 border-b border-line py-3"
        >
          <div className="min-w-0">
            <p dir="auto" className="wrap-title text-start font-semibold">
              {token.name}
            </p>
            <p className="text-sm text-soft">
              <code>{token.prefix}…</code> · made {day(token.createdAt)} ·{" "}
              {token.lastUsedAt ? `last used ${day(token.lastUsedAt)}` : "never used"}
            </p>
          </div>
          <Form method="post">
            <input type="hidden" name="intent" value="revoke-token" />
            <input type="hidden" name="id" value={token.id} />
            <Button tone="danger" aria-label={`Revoke ${token.name}`}>
              Revoke
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  );
}
