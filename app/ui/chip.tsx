import type { ReactNode } from "react";

type Tone = "plain" | "marker" | "live" | "danger" | "glass";

const TONES: Record<Tone, string> = {
  plain: "bg-well text-soft",
  marker: "bg-marker text-on-marker",
  live: "bg-well text-live",
  danger: "bg-danger-wash text-danger",
  glass: "bg-[#121016]/85 text-[#f8f3e9]",
};

export function Chip({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-[0.8125rem] leading-none font-semibold whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  );
}
