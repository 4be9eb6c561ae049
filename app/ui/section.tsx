import type { ReactNode } from "react";
import { useId } from "react";

interface SectionProps {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page, a landmark by its heading. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-14 first:mt-0 sm:mt-20">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <h2
          id={id}
          className="text-[1.75rem] leading-none font-extrabold tracking-tight sm:text-4xl"
        >
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

interface PageHeadingProps {
  title: string;
  lead?: ReactNode;
}

export function PageHeading({ title, lead }: PageHeadingProps) {
  return (
    <header className="mb-8 sm:mb-10">
      <h1
        dir="auto"
        className="wrap-title text-[2.75rem] leading-[0.95] font-extrabold tracking-[-0.03em] sm:text-6xl"
      >
        {title}
      </h1>
      {lead ? <p className="mt-4 max-w-2xl text-lg leading-relaxed text-soft">{lead}</p> : null}
    </header>
  );
}

/** What stands where there is nothing to list. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-card border-[1.5px] border-dashed border-edge px-6 py-12 text-center">
      <p className="font-display text-2xl font-bold">{title}</p>
      {children ? <div className="mx-auto mt-2 max-w-md text-soft">{children}</div> : null}
    </div>
  );
}
