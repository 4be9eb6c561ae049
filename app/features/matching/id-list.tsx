import { Form, useNavigation } from "@remix-run/react";
import type { RecordLinks } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { percent } from "../../ui/percent.ts";
import { EvidenceList } from "./evidence-list.tsx";
import { providerName } from "./provider-name.ts";

type KnownId = RecordLinks["ids"][number];

/** What one of ours is known by at providers, and what can be done about each. */
export function IdList({ of }: { of: RecordLinks }) {
  if (of.ids.length === 0) return <p className="text-soft">No provider’s id is linked yet.</p>;
  return (
    <ul className="border-t-2 border-ink">
      {of.ids.map((id) => (
        <IdRow key={`${id.provider} ${id.providerId}`} id={id} kind={of.kind} />
      ))}
    </ul>
  );
}

function IdRow({ id, kind }: { id: KnownId; kind: RecordLinks["kind"] }) {
  const { provider, providerId, url, status, confidence, name, why } = id;
  const title = `${providerName(provider)}: ${name ?? providerId}`;
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-line py-4 sm:px-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p dir="auto" className="wrap-title text-start text-lg leading-snug font-semibold">
          {url ? (
            <a href={url} target="_blank" rel="noreferrer" className="pen-link">
              {title}
              <span className="sr-only"> (new tab)</span>
            </a>
          ) : (
            title
          )}
        </p>
        {name ? <p className="wrap-title text-sm text-soft">{providerId}</p> : null}
        <p className="mt-2 flex flex-wrap items-center gap-2">
          <StatusChip status={status} confidence={confidence} />
        </p>
      </div>
      <div className="min-w-0 text-[0.9375rem]">
        <EvidenceList evidence={why} />
      </div>
      <IdChanges id={id} kind={kind} title={title} />
    </li>
  );
}

function StatusChip({ status, confidence }: Pick<KnownId, "status" | "confidence">) {
  if (status === "rejected") return <Chip tone="danger">not this one</Chip>;
  if (confidence === 0) return <Chip>given up there</Chip>;
  return status === "approved" ? <Chip tone="live">approved</Chip> : <Chip>automatic, {percent(confidence)}</Chip>;
}

function IdChanges({ id: { provider, providerId, status }, kind, title }: { id: KnownId; kind: RecordLinks["kind"]; title: string }) {
  const busy = useNavigation().state === "submitting";
  return (
    <Form method="post" className="flex flex-wrap content-start gap-2 lg:max-w-72 lg:justify-end">
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="providerId" value={providerId} />
      {status === "approved" ? null : (
        <Button tone="outline" name="intent" value="approve" disabled={busy}>
          Approve <span className="sr-only">{title}</span>
        </Button>
      )}
      {status === "rejected" ? null : (
        <>
          <Button tone="danger" name="intent" value="unlink" disabled={busy}>
            Reject <span className="sr-only">{title}</span>
          </Button>
          <Button tone="outline" name="intent" value="split" disabled={busy}>
            Make it {kind === "artist" ? "an artist" : "a venue"} of its own <span className="sr-only">{title}</span>
          </Button>
        </>
      )}
    </Form>
  );
}
