import type { ReactNode } from "react";

/** What is wider than the page scrolls by itself, and the keyboard reaches all of it. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // What scrolls has to take the focus, though nothing in it acts.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
      {children}
    </div>
  );
}
