import type { ButtonHTMLAttributes } from "react";
import { Slot } from "radix-ui/slot";

type Tone = "marker" | "outline" | "quiet" | "danger";

const SHAPE =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-5 py-2 text-center text-[0.9375rem] leading-tight font-semibold transition-colors select-none disabled:opacity-60 aria-disabled:opacity-60";

const TONES: Record<Tone, string> = {
  marker: "bg-marker text-on-marker hover:bg-marker-deep",
  outline: "border-[1.5px] border-edge text-ink hover:border-ink hover:bg-sheet",
  quiet: "text-ink hover:bg-well",
  danger: "border-[1.5px] border-danger text-danger hover:bg-danger-wash",
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: Tone;
  /** Gives the look to the one child (a link) instead of rendering a button. */
  asChild?: boolean;
}

export function Button({ tone = "marker", asChild, className = "", ...rest }: ButtonProps) {
  const Element = asChild ? Slot : "button";
  return <Element className={`${SHAPE} ${TONES[tone]} ${className}`} {...rest} />;
}
