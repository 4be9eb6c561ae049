import type { ForecastPage } from "../../http/answers.ts";
import { percent } from "../../ui/percent.ts";

type Song = NonNullable<ForecastPage["forecast"]>["songs"][number];

/** Every song that has a chance, with why, and how sure it is with the votes. */
export function ChanceTable({ songs }: { songs: Song[] }) {
  return (
    <table className="w-full border-t-2 border-ink text-[0.9375rem] tabular-nums">
      <caption className="sr-only">Songs by their chance</caption>
      <thead>
        <tr className="border-b border-line text-soft">
          <th scope="col" className="py-2 pe-3 text-start font-semibold">
            Song
          </th>
          <th scope="col" className="py-2 ps-3 text-end font-semibold">
            Forecast
          </th>
          <th scope="col" className="py-2 ps-3 text-end font-semibold">
            With votes
          </th>
        </tr>
      </thead>
      <tbody>
        {songs.map(({ song, chance, confidence, reasons }) => (
          <tr key={song.id} className="border-b border-line align-top">
            <th scope="row" className="w-full py-2 pe-3 text-start font-normal">
              <span dir="auto" className="wrap-title block text-start font-semibold">
                {song.title}
              </span>
              <span className="block text-sm text-soft">{reasons}</span>
            </th>
            <td className="py-2 ps-3 text-end">{percent(chance)}</td>
            <td className="py-2 ps-3 text-end">{confidence === null ? "–" : percent(confidence)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
