import { ScrollRegion } from "../../ui/scroll-region.tsx";

interface TableProps {
  caption: string;
  head: string[];
  rows: { key: string; cells: string[]; danger?: boolean }[];
}

/** Rows of facts; where they are wider than the page, they scroll by themselves. */
export function Table({ caption, head, rows }: TableProps) {
  return (
    <ScrollRegion label={caption}>
      <table className="w-full min-w-max border-t-2 border-ink text-start text-[0.9375rem] tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-soft">
            {head.map((name) => (
              <th key={name} scope="col" className="py-2.5 pe-6 text-start font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...cells], danger }) => (
            <tr key={key} className="border-b border-line">
              <th scope="row" className="py-2.5 pe-6 text-start font-semibold">
                {first}
              </th>
              {cells.map((cell, i) => (
                <td key={head[i + 1]} className={`py-2.5 pe-6 ${danger ? "text-danger" : ""}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
