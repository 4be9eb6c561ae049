import type { ReactNode } from "react";
import { ScrollRegion } from "./scroll-region.tsx";

export interface DataRow {
  key: string | number;
  cells: readonly ReactNode[];
  /** Marks the row, also for those who see no colours: the first cell has to say why. */
  marked?: boolean;
}

interface DataTableProps {
  caption: string;
  head: readonly string[];
  rows: readonly DataRow[];
  /** The caption is read out only, as a heading says the same. */
  quietCaption?: boolean;
}

/** Figures in rows, the first cell naming each; where they are wider than the page, they scroll by themselves. */
export function DataTable({ caption, head, rows, quietCaption = false }: DataTableProps) {
  return (
    <ScrollRegion label={caption}>
      <table className="w-full text-start text-[0.9375rem] tabular-nums">
        <caption className={quietCaption ? "sr-only" : "pb-3 text-start text-soft"}>
          <span className="block max-w-[calc(100vw-2rem)]">{caption}</span>
        </caption>
        <thead>
          <tr className="border-y-2 border-ink border-b-line text-soft">
            {head.map((name, i) => (
              <th key={i} scope="col" className={`py-2.5 font-semibold ${i === 0 ? "pe-4 text-start sm:ps-2" : "px-2 text-end sm:px-4"}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...cells], marked }) => (
            <tr key={key} className={`border-b border-line ${marked ? "bg-wash" : ""}`}>
              <th scope="row" className="min-w-36 py-2.5 pe-4 text-start font-semibold sm:ps-2">
                {first}
              </th>
              {cells.map((cell, i) => (
                <td key={i} className="px-2 py-2.5 text-end whitespace-nowrap sm:px-4">
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
