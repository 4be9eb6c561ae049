import { DataTable } from "../../ui/data-table.tsx";

export interface Column {
  label: string;
  value: number;
}

interface ColumnsProps {
  /** What the columns stand for, such as "Shows by year". */
  title: string;
  columns: Column[];
  /** Heads and further cells of the table beneath. */
  head: [string, string, ...string[]];
  cells: (column: Column, at: number) => string[];
}

const HEIGHT = 120;
const STEP = 20;
const WIDTH = 14;

/** Columns drawn on the server, with a table under them that says the same and more. */
export function Columns({ title, columns, head, cells }: ColumnsProps) {
  const most = Math.max(1, ...columns.map(({ value }) => value));
  const [first, last] = [columns[0], columns[columns.length - 1]];
  if (!first || !last) return null;
  return (
    <figure>
      <figcaption className="mb-3 font-semibold">{title}</figcaption>
      <svg aria-hidden viewBox={`0 0 ${columns.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" className="h-32 w-full border-b-2 border-ink">
        {columns.map(({ label, value }, i) => {
          const height = (value / most) * HEIGHT;
          return <rect key={label} x={i * STEP + (STEP - WIDTH) / 2} y={HEIGHT - height} width={WIDTH} height={height} className="fill-bar" />;
        })}
      </svg>
      <p aria-hidden className="mt-1 flex justify-between text-sm text-soft tabular-nums">
        <span>{first.label}</span>
        <span>most: {most}</span>
        <span>{columns.length > 1 ? last.label : null}</span>
      </p>
      <details className="mt-2">
        <summary className="pen-link inline-flex min-h-11 w-fit items-center">As a table</summary>
        <DataTable caption={title} quietCaption head={head} rows={columns.map((column, i) => ({ key: column.label, cells: [column.label, String(column.value), ...cells(column, i)] }))} />
      </details>
    </figure>
  );
}
