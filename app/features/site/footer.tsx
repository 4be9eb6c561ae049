import { Link } from "@remix-run/react";
import { SpoilerCover, SpoilerSwitch } from "../spoilers/spoiler-forms.tsx";
import { SystemTheme } from "../theme/theme-switch.tsx";
import { Wordmark } from "./wordmark.tsx";

export function Footer({ admin, hidesSpoilers }: { admin: boolean; hidesSpoilers: boolean }) {
  return (
    <footer className="mt-20 border-t border-line">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-x-10 gap-y-4 px-4 py-8 text-[0.9375rem] sm:px-6 lg:px-8">
        <div>
          <Wordmark />
          <p className="mt-2 text-soft">Fans call the setlist. One vote at a time.</p>
        </div>
        <nav aria-label="Footer" className="flex flex-wrap items-center gap-x-6">
          <FootLink to="/shows">Shows</FootLink>
          <FootLink to="/artists">Artists</FootLink>
          <FootLink to="/leaderboards">Leaderboards</FootLink>
          <FootLink to="/account">My votes</FootLink>
          {admin ? <FootLink to="/admin/imports">Imports and jobs</FootLink> : null}
          <SpoilerSwitch hidden={hidesSpoilers} />
          <SystemTheme />
        </nav>
        {hidesSpoilers ? <SpoilerCover /> : null}
      </div>
    </footer>
  );
}

function FootLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="pen-link flex min-h-11 items-center">
      {children}
    </Link>
  );
}

/** Says that what the site shows is made up. */
export function DemoBanner() {
  return (
    <aside
      aria-label="About this data"
      className="bg-ink px-4 py-2 text-center text-sm font-medium text-paper"
    >
      Demo data: these shows and votes are made up.
    </aside>
  );
}
