import { useEffect, useRef, useState, type FormEvent } from "react";
import { apartWords } from "#server/domain/matching/measure-words.ts";
import { Chip } from "../../ui/chip.tsx";
import { useHydrated } from "../../ui/hydrated.ts";
import { Notice } from "../../ui/notice.tsx";
import { percent } from "../../ui/percent.ts";
import { Empty } from "../../ui/section.tsx";
import { Decided } from "./decided.tsx";
import { DecisionBar, decisionFields, Staying } from "./decision-bar.tsx";
import { DidLine } from "./did-line.tsx";
import { EvidenceList } from "./evidence-list.tsx";
import { KeysHelp } from "../../ui/keys-help.tsx";
import type { DeskAnswer } from "./match-actions.ts";
import { MatchSides } from "./match-sides.tsx";
import { namesOf, questionOf, type Kind } from "./match-words.ts";
import { useDesk } from "./use-desk.ts";
import { useKeys, useKeysWanted } from "../../ui/use-keys.ts";

/** Where matches are decided, one after the other. */
export function MatchDesk({ loaded, kind }: { loaded: DeskAnswer; kind: Kind | undefined }) {
  const desk = useDesk(loaded, kind);
  const { page, did, problem, busy, undoable } = desk;
  const [help, setHelp] = useState(false);
  const [wanted, setWanted] = useKeysWanted();
  const heading = useHeading(page?.id ?? null);
  const decide = (intent: string) => {
    if (page?.status === "review") desk.send(page.id, { ...decisionFields(), intent });
  };
  const undo = () => {
    if (undoable !== null) desk.send(undoable, { intent: "reopen" });
  };
  const keys = { a: () => decide("approve"), r: () => decide("reject"), s: desk.skip, ArrowRight: desk.skip, u: undo, "?": () => setHelp(!help) };
  useKeys(keys, wanted);
  const line = <DidLine {...{ did, kind, undoable, busy }} left={page?.left ?? 0} next={page ? namesOf(page) : undefined} onUndo={(event) => instead(event, undo)} />;
  if (!page) return <NothingLeft heading={heading}>{line}</NothingLeft>;
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 ref={heading} tabIndex={-1} aria-describedby="pair" className="text-3xl leading-tight font-extrabold tracking-tight outline-none sm:text-4xl">
          {questionOf(page)}
        </h1>
        <Chip tone={page.confidence >= 0.9 ? "live" : "plain"}>{percent(page.confidence)} sure</Chip>
        <Decided match={page} />
      </header>
      <div className="mb-4">{line}</div>
      {problem ? (
        <div className="mb-4">
          <Notice tone="danger" alert>
            {problem}
          </Notice>
        </div>
      ) : null}
      <p id="pair" dir="auto" className="wrap-title mb-4 text-start font-display text-xl leading-tight font-bold md:hidden">
        {page.subject.name} <span className="font-sans font-normal text-soft">and</span> {page.other.name}
      </p>
      <div className="grid items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_auto_1fr]">
        <section aria-label="Evidence" className="min-w-0 lg:col-start-2 lg:row-start-2">
          <h2 className="mb-3 text-xl font-bold">For and against</h2>
          <EvidenceList evidence={page.evidence} />
          <InCommon titles={page.sharedTitles} km={page.distanceKm} />
        </section>
        <div className="min-w-0 lg:col-start-1 lg:row-span-3 lg:row-start-1">
          <MatchSides match={page} />
        </div>
        <div className="min-w-0 empty:hidden lg:col-start-2 lg:row-start-3">
          <Staying key={page.id} match={page} />
          <Help {...{ help, setHelp, wanted, setWanted }} />
        </div>
        <div className="min-w-0 max-lg:sticky max-lg:bottom-0 max-lg:z-10 max-lg:-mx-4 max-lg:border-t max-lg:border-line max-lg:bg-paper max-lg:px-4 max-lg:py-3 max-lg:sm:-mx-6 max-lg:sm:px-6 lg:col-start-2 lg:row-start-1">
          <DecisionBar {...{ kind, busy }} match={page} onSkip={desk.skip} onDecide={(event) => instead(event, (intent) => desk.send(page.id, { ...decisionFields(), intent }))} />
        </div>
      </div>
    </>
  );
}

const KEYS = [
  ["A", "Approve: they are one"],
  ["R", "Reject: they are two"],
  ["S or →", "Skip, for later"],
  ["U", "Undo the last decision"],
] as const;

interface HelpProps {
  help: boolean;
  setHelp: (open: boolean) => void;
  wanted: boolean;
  setWanted: (wanted: boolean) => void;
}

/** Without scripts there are no keys. */
function Help({ help, setHelp, wanted, setWanted }: HelpProps) {
  if (!useHydrated()) return null;
  return (
    <div className={help ? "" : "max-md:hidden"}>
      <KeysHelp keys={KEYS} open={help} onOpen={setHelp} active={wanted} onActive={setWanted} />
    </div>
  );
}

function NothingLeft({ heading, children }: { heading: React.Ref<HTMLHeadingElement>; children: React.ReactNode }) {
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="mb-2 text-3xl leading-tight font-extrabold tracking-tight outline-none sm:text-4xl">
        All settled
      </h1>
      <div className="mb-6">{children}</div>
      <Empty title="Nothing waits for you">What the program is unsure of comes here by itself.</Empty>
    </>
  );
}

function InCommon({ titles, km }: { titles: readonly string[]; km: number | null }) {
  return (
    <>
      {titles.length > 0 ? (
        <p dir="auto" className="wrap-title mt-4 text-[0.9375rem] leading-relaxed">
          <span className="font-semibold">Songs of both:</span> {titles.join(" · ")}
        </p>
      ) : null}
      {km === null ? null : <p className="mt-4 text-[0.9375rem]">On the map: {apartWords(km).toLowerCase()}</p>}
    </>
  );
}

/** Does what was pressed without leaving the page. */
function instead(event: FormEvent<HTMLFormElement>, act: (intent: string) => void): void {
  event.preventDefault();
  const { submitter } = event.nativeEvent as SubmitEvent;
  act(submitter instanceof HTMLButtonElement ? submitter.value : "");
}

/** The heading: the focus comes here with each match, unless it is on a button of the desk, and the page starts there again. */
function useHeading(id: number | null): React.RefObject<HTMLHeadingElement> {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(id);
  useEffect(() => {
    if (before.current === id) return;
    before.current = id;
    const focused = document.activeElement;
    if (!(focused instanceof HTMLButtonElement || focused instanceof HTMLAnchorElement) || !focused.isConnected) heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [id]);
  return heading;
}
