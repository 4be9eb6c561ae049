const PATHS = { plus: "M5 12h14M12 5v14", check: "M20 6 9 17l-5-5" };
const STROKES = { plus: "stroke-[2.5]", check: "stroke-[2.75]" };

/** The mark on a vote button. One path and no component of the icon set: a ballot has many. */
export function Mark({ of }: { of: keyof typeof PATHS }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      className={`size-[18px] fill-none stroke-current [stroke-linecap:round] [stroke-linejoin:round] ${STROKES[of]}`}
    >
      <path d={PATHS[of]} />
    </svg>
  );
}
