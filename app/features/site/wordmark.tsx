/** The name with the pen through its second half. */
export function Wordmark() {
  return (
    <span className="font-display text-2xl leading-none font-extrabold tracking-[-0.04em]">
      The<span className="highlighted ml-0.5">Set</span>
    </span>
  );
}
