import type { ReactNode } from "react";

type Tone = "plain" | "marker" | "danger";

const TONES: Record<Tone, string> = {
  plain: "border-line bg-sheet",
  marker: "border-marker-deep bg-wash",
  danger: "border-danger bg-danger-wash",
};

interface NoticeProps {
  tone?: Tone;
  title?: string;
  icon?: ReactNode;
  /** Reads the notice out as soon as it is there. */
  alert?: boolean;
  children: ReactNode;
}

export function Notice({ tone = "plain", title, icon, alert, children }: NoticeProps) {
  return (
    <div
      role={alert ? "alert" : undefined}
      className={`flex gap-3 rounded-2xl border-[1.5px] p-4 text-[0.9375rem] leading-relaxed ${TONES[tone]}`}
    >
      {icon ? <span className="mt-0.5 shrink-0">{icon}</span> : null}
      <div className="min-w-0">
        {title ? <p className="font-display text-lg leading-snug font-bold">{title}</p> : null}
        <div className="wrap-title">{children}</div>
      </div>
    </div>
  );
}
