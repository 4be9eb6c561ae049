import { percent } from "../../ui/percent.ts";
import type { Row } from "./tally.ts";

/** A song whose votes come at least so many times as fast as usual is told as rising. */
const RISING = 1.5;
const RISES = "↑\u00a0Rising";

/** What is said of a song beside its votes: the forecast, whose reasons open by touch, keys and without scripts. */
export function Said({ row: { forecast, reasons, trend }, open }: { row: Row; open: boolean }) {
  const rising = open && trend >= RISING;
  if (forecast === null) return rising ? <p className="said">{RISES}</p> : null;
  return (
    <details className="said">
      <summary>
        Forecast {percent(forecast)}
        {rising ? ` · ${RISES}` : null}
      </summary>
      {reasons || "Nothing is known of it."}
    </details>
  );
}
