import { useFetcher } from "@remix-run/react";
import type { MouseEvent } from "react";
import { type Role, ROLES } from "#server/domain/scoring/played.ts";
import type { BallotTerms } from "./ballot-terms.ts";
import { type CallAnswer, callForm } from "./call-answer.ts";
import type { Row } from "./tally.ts";

const WORDS: Record<Role, string> = { opener: "Opener", closer: "Closer", encore: "Encore" };
const PHRASES: Record<Role, string> = { opener: "opens", closer: "closes", encore: "comes in an encore" };

/** What a fan has called of a song, and where that may change the control. Most rows of a ballot have none: only the control has requests. */
export function Calls({ row, terms }: { row: Row; terms: BallotTerms }) {
  const called = ROLES.filter((role) => terms.calls[role] === row.setlistSongId);
  const said = called.map((role) => PHRASES[role]).join(", ");
  if (!terms.open) return called.length > 0 && row.mine ? <p className="calls">You called: it {said}</p> : null;
  if (row.mine) return <CallControl row={row} called={called} said={said} />;
  return called.length > 0 ? <p className="calls">Your call “it {said}” does not count without your vote.</p> : null;
}

/** Names a song voted for as opener, closer or encore song. It opens by touch, by keys and without scripts. */
function CallControl({ row, called, said }: { row: Row; called: Role[]; said: string }) {
  const sent = useSentCalls(row.setlistSongId);
  const refused = new Set(ROLES.flatMap((role) => (sent[role].data?.ok === false ? sent[role].data.message : [])));
  return (
    <details className="calls">
      <summary>{called.length > 0 ? `You call: it ${said}` : "Call its place for extra points"}</summary>
      <div role="group" aria-label={`Your calls for ${row.title}`}>
        {ROLES.map((role) => (
          <CallButton key={role} row={row} role={role} called={called.includes(role)} fetcher={sent[role]} />
        ))}
      </div>
      {[...refused].map((message) => (
        <p key={message} role="alert">
          {message}
        </p>
      ))}
    </details>
  );
}

/** One request for each role: a second call needs not wait for the first. */
function useSentCalls(setlistSongId: number): Record<Role, ReturnType<typeof useFetcher<CallAnswer>>> {
  return {
    opener: useFetcher<CallAnswer>({ key: `call-opener-${setlistSongId}` }),
    closer: useFetcher<CallAnswer>({ key: `call-closer-${setlistSongId}` }),
    encore: useFetcher<CallAnswer>({ key: `call-encore-${setlistSongId}` }),
  };
}

interface CallButtonProps {
  row: Row;
  role: Role;
  called: boolean;
  fetcher: ReturnType<typeof useFetcher<CallAnswer>>;
}

/** Sends the ballot's form by itself where no script does. */
function CallButton({ row, role, called, fetcher }: CallButtonProps) {
  const { setlistSongId } = row;
  const under = fetcher.formData;
  const asked = under?.get("call") === `${role} ${setlistSongId}` ? true : under?.get("uncall") === `${role} ${setlistSongId}` ? false : null;
  const pressed = asked ?? called;
  function send(event: MouseEvent) {
    event.preventDefault();
    if (fetcher.state !== "idle") return;
    fetcher.submit(callForm({ intent: pressed ? "uncall" : "call", role, setlistSongId }), { method: "post", preventScrollReset: true });
  }
  return (
    <button name={pressed ? "uncall" : "call"} value={`${role} ${setlistSongId}`} aria-pressed={pressed} aria-disabled={fetcher.state !== "idle"} onClick={send}>
      {WORDS[role]}
    </button>
  );
}
