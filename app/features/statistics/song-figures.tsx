export interface SongFigureRow {
  song: { id: number; title: string };
  /** 0..1 of the widest bar. */
  bar: number;
  /** What stands behind the song, in the order of the head. */
  cells: string[];
}

interface SongFiguresProps {
  caption: string;
  /** Heads of the columns behind the song. */
  head: string[];
  rows: SongFigureRow[];
}

/** Songs with their figures: a table, whose bars say nothing that its cells don't. */
export function SongFigures({ caption, head, rows }: SongFiguresProps) {
  return (
    <table className="w-full border-t-2 border-ink text-[0.9375rem] tabular-nums">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-soft">
          <th scope="col" className="py-2 pe-3 text-start font-semibold">
            Song
          </th>
          {head.map((name) => (
            <th key={name} scope="col" className="py-2 ps-3 text-end font-semibold whitespace-nowrap">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ song, bar, cells }) => (
          <tr key={song.id} className="border-b border-line">
            <th scope="row" className="w-full py-2 pe-3 text-start font-semibold">
              <span dir="auto" className="wrap-title block text-start">
                {song.title}
              </span>
              <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-well">
                <span className="block h-full rounded-full bg-bar" style={{ width: `${Math.round(bar * 100)}%` }} />
              </span>
            </th>
            {cells.map((cell, i) => (
              <td key={head[i]} className="py-2 ps-3 text-end align-top whitespace-nowrap">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
