import type { ReactNode } from "react";
import { PosterArt } from "../../ui/poster/poster.tsx";

interface AccountCardProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** A way on for those who are in the wrong place. */
  footer?: ReactNode;
}

/** The frame of the forms that open an account or get into one. */
export function AccountCard({ title, lead, children, footer }: AccountCardProps) {
  return (
    <div className="mx-auto grid max-w-5xl overflow-hidden rounded-card border border-line bg-sheet shadow-card lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div aria-hidden className="relative max-lg:h-28">
        <div className="absolute inset-0">
          <PosterArt name={title} />
        </div>
      </div>
      <div className="p-6 sm:p-10 lg:py-14">
        <h1 className="text-4xl leading-[0.95] font-extrabold tracking-[-0.03em] sm:text-5xl">
          {title}
        </h1>
        {lead ? <p className="mt-3 text-lg leading-relaxed text-soft">{lead}</p> : null}
        <div className="mt-7">{children}</div>
        {footer ? <p className="mt-6 text-soft">{footer}</p> : null}
      </div>
    </div>
  );
}
