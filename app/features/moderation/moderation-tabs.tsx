import { NavLink } from "@remix-run/react";

/** Between the pages of moderators. */
export function ModerationTabs() {
  return (
    <nav aria-label="Moderation" className="mb-6 flex flex-wrap gap-x-6 gap-y-1 border-b border-line">
      <Tab to="/moderation" end>
        Votes
      </Tab>
      <Tab to="/moderation/matches">Matches</Tab>
      <Tab to="/moderation/merges">Merges</Tab>
      <Tab to="/moderation/titles">Titles</Tab>
      <Tab to="/moderation/links">Files</Tab>
    </nav>
  );
}

function Tab({ to, end, children }: { to: string; end?: boolean; children: string }) {
  return (
    <NavLink
      to={to}
      end={end ?? false}
      className="-mb-px inline-flex min-h-11 items-center border-b-[3px] border-transparent font-semibold text-soft hover:text-ink aria-[current=page]:border-marker-deep aria-[current=page]:text-ink"
    >
      {children}
    </NavLink>
  );
}
