export interface ChartLine {
  name: string;
  /** Where `y` is null nothing is known, and the line has a gap. */
  points: readonly { x: number; y: number | null }[];
}

interface LineChartProps {
  /** What the chart shows, in a sentence; the table beside it has the figures. */
  label: string;
  lines: readonly ChartLine[];
  /** The ends of the axes, in the units of the points. */
  x: { from: number; to: number; words: readonly [first: string, last: string] };
  y: { to: number; tell: (value: number) => string };
}

/** Each line has a colour and a pattern of its own, so that none is told by colour alone. */
const LOOKS = [
  { colour: "var(--color-ink)", dash: undefined },
  { colour: "var(--color-live)", dash: "9 5" },
  { colour: "var(--color-danger)", dash: "2 5" },
  { colour: "var(--color-bar)", dash: "12 4 2 4" },
  { colour: "var(--color-soft)", dash: "5 3" },
  { colour: "var(--color-edge)", dash: "1 4" },
  { colour: "var(--color-marker-deep)", dash: undefined },
  { colour: "var(--color-ink)", dash: "1 7" },
];
const TICKS = [1, 0.5, 0];

/** Lines over time, drawn on the server. Words are no part of the picture, so that they stay readable at any width. */
export function LineChart({ label, lines, x, y }: LineChartProps) {
  return (
    <figure>
      <div className="relative ms-12 h-56 border-s border-b border-line sm:h-72">
        <svg role="img" aria-label={label} viewBox="0 0 100 100" preserveAspectRatio="none" className="absolute inset-0 size-full overflow-visible">
          {TICKS.slice(0, 2).map((tick) => (
            <path key={tick} d={`M0 ${100 - 100 * tick}H100`} stroke="var(--color-line)" vectorEffect="non-scaling-stroke" />
          ))}
          {lines.map(({ points }, i) => (
            <Line key={i} d={pathOf(points, x, y.to)} look={lookOf(i)} dot={points.length === 1} />
          ))}
        </svg>
        {TICKS.map((tick) => (
          <span
            key={tick}
            aria-hidden
            className="absolute end-full -translate-y-1/2 pe-2 text-[0.8125rem] whitespace-nowrap text-soft tabular-nums"
            style={{ top: `${100 - 100 * tick}%` }}
          >
            {y.tell(tick * y.to)}
          </span>
        ))}
      </div>
      <div aria-hidden className="ms-12 mt-1.5 flex justify-between gap-4 text-[0.8125rem] text-soft">
        <span>{x.words[0]}</span>
        <span>{x.words[1]}</span>
      </div>
      {lines.length > 1 ? <Legend lines={lines} /> : null}
    </figure>
  );
}

type Look = (typeof LOOKS)[number];

function lookOf(i: number): Look {
  return LOOKS[i % LOOKS.length]!;
}

function Line({ d, look: { colour, dash }, dot }: { d: string; look: Look; dot: boolean }) {
  return (
    <path
      d={d}
      fill="none"
      stroke={colour}
      strokeWidth={dot ? 9 : 2.5}
      strokeDasharray={dot ? undefined : dash}
      strokeLinecap="round"
      strokeLinejoin="round"
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** The line in as many pieces as gaps leave of it; a single point is a dot: a line of no length with round ends. */
export function pathOf(points: ChartLine["points"], { from, to }: Pick<LineChartProps["x"], "from" | "to">, top: number): string {
  const at = ({ x, y }: Point) => `${round(to === from ? 50 : (100 * (x - from)) / (to - from))} ${round(top === 0 ? 100 : 100 - (100 * y) / top)}`;
  return piecesOf(points)
    .map((piece) => (piece.length === 1 ? `M${at(piece[0]!)}h0.01` : `M${piece.map(at).join("L")}`))
    .join("");
}

interface Point {
  x: number;
  y: number;
}

function piecesOf(points: ChartLine["points"]): Point[][] {
  const pieces: Point[][] = [[]];
  for (const { x, y } of points) {
    if (y === null) pieces.push([]);
    else pieces.at(-1)!.push({ x, y });
  }
  return pieces.filter((piece) => piece.length > 0);
}

function round(figure: number): number {
  return Math.round(figure * 100) / 100;
}

function Legend({ lines }: Pick<LineChartProps, "lines">) {
  return (
    <figcaption className="mt-4">
      <ul className="flex flex-wrap gap-x-6 gap-y-2 text-[0.9375rem]">
        {lines.map(({ name }, i) => {
          const { colour, dash } = lookOf(i);
          return (
            <li key={i} className="flex min-w-0 items-center gap-2">
              <svg aria-hidden width="34" height="6" className="shrink-0">
                <path d="M2 3H32" stroke={colour} strokeWidth="2.5" strokeDasharray={dash} strokeLinecap="round" />
              </svg>
              <bdi className="wrap-title">{name}</bdi>
            </li>
          );
        })}
      </ul>
    </figcaption>
  );
}
