import type { ReactNode } from "react";
import { pick, round } from "./chance.ts";
import type { Inks } from "./inks.ts";

export const WIDTH = 120;
export const HEIGHT = 150;

export type Motif = (inks: Inks, chance: () => number) => ReactNode;

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

/** A low sun cut into stripes. */
const sun: Motif = ({ a, b, c }, chance) => {
  const x = round(38 + chance() * 44);
  const r = round(36 + chance() * 12);
  return (
    <>
      <circle cx={x} cy={62} r={r + 14} fill={c} opacity={0.5} />
      <circle cx={x} cy={62} r={r} fill={a} />
      {count(7).map((i) => (
        <rect key={i} x={0} y={62 + i * 13} width={WIDTH} height={round(2 + i * 1.7)} fill={b} />
      ))}
    </>
  );
};

/** Quarter circles on a grid. */
const tiles: Motif = ({ a, b, c }, chance) => {
  const cells = count(20).map((i) => {
    const turn = Math.floor(chance() * 4) * 90;
    const x = (i % 4) * 30;
    const y = Math.floor(i / 4) * 30;
    const shape = chance();
    const fill = pick([a, b, c], chance);
    if (shape < 0.14) return <circle key={i} cx={x + 15} cy={y + 15} r={15} fill={fill} />;
    if (shape < 0.3) return null;
    const at = `translate(${x} ${y}) rotate(${turn} 15 15)`;
    return <path key={i} transform={at} d="M0 0h30a30 30 0 0 1-30 30z" fill={fill} />;
  });
  return <>{cells}</>;
};

/** A record running off the sheet. */
const record: Motif = ({ a, b, c, stock }, chance) => {
  const x = pick([18, 60, 102], chance);
  const y = round(52 + chance() * 40);
  return (
    <>
      <rect x={0} y={y} width={WIDTH} height={HEIGHT} fill={c} />
      <circle cx={x} cy={y} r={58} fill={a} />
      {count(6).map((i) => (
        <circle
          key={i}
          cx={x}
          cy={y}
          r={53 - i * 5.5}
          fill="none"
          stroke={stock}
          strokeWidth={1.1}
          opacity={0.55}
        />
      ))}
      <circle cx={x} cy={y} r={21} fill={b} />
      <circle cx={x} cy={y} r={3.5} fill={stock} />
    </>
  );
};

/** Stage lights that cross in the haze. */
const beams: Motif = ({ a, b, c }, chance) => {
  const lights = count(5).map((i) => {
    const from = round(12 + i * 24 + chance() * 8);
    const to = round(chance() * WIDTH);
    const spread = round(16 + chance() * 22);
    const d = `M${from - 2} 0h4L${round(to + spread)} ${HEIGHT}H${round(to - spread)}z`;
    return <path key={i} d={d} fill={pick([a, b, c], chance)} opacity={0.72} />;
  });
  return <>{lights}</>;
};

/** A ridge of lines, like a pulse printed row by row. */
const ridges: Motif = ({ a, stock, b }, chance) => {
  const centre = 46 + chance() * 28;
  const rows = count(13).map((row) => {
    const base = 36 + row * 8;
    const points = count(27).map((i) => {
      const x = i * 5 - 5;
      const near = Math.exp(-((x - centre) ** 2) / 620);
      return `${x} ${round(base - near * (8 + chance() * 26) - chance() * 1.6)}`;
    });
    const d = `M${points.join("L")}`;
    return (
      <path
        key={row}
        d={`${d}V${base + 8}H-5z`}
        fill={stock}
        stroke={row % 5 === 2 ? b : a}
        strokeWidth={1.5}
      />
    );
  });
  return <>{rows}</>;
};

/** Rolling bands. */
const waves: Motif = ({ a, b, c }, chance) => {
  const swing = round(10 + chance() * 16);
  const fills = [a, b, c, a, b];
  return (
    <>
      <circle cx={round(28 + chance() * 64)} cy={34} r={17} fill={b} />
      {fills.map((fill, i) => {
        const y = 54 + i * 20;
        const lift = i % 2 === 0 ? swing : -swing;
        const d = `M0 ${y}C30 ${y - lift} 45 ${y - lift} 60 ${y}S95 ${y + lift} 120 ${y}V150H0z`;
        return <path key={i} d={d} fill={fill} />;
      })}
    </>
  );
};

/** A halftone that swells towards one corner. */
const halftone: Motif = ({ a, b }, chance) => {
  const [cx, cy] = [chance() * WIDTH, 30 + chance() * 60];
  const dots = count(130).map((i) => {
    const x = (i % 10) * 12 + 6;
    const y = Math.floor(i / 10) * 12 + 4;
    const r = Math.max(0.9, 6.6 - Math.hypot(x - cx, y - cy) / 15);
    return <circle key={i} cx={x} cy={y} r={round(r)} fill={a} />;
  });
  return (
    <>
      <circle cx={round(cx)} cy={round(cy)} r={34} fill={b} />
      {dots}
    </>
  );
};

/** Nested arches. */
const arches: Motif = ({ a, b, c, stock }, chance) => {
  const fills = [a, stock, b, stock, c, stock, a];
  const x = round(48 + chance() * 24);
  return (
    <>
      {fills.map((fill, i) => {
        const r = 56 - i * 8;
        const d = `M${x - r} 150V72a${r} ${r} 0 0 1 ${2 * r} 0V150z`;
        return <path key={i} d={d} fill={fill} />;
      })}
    </>
  );
};

/** The bars of an equaliser, lit from below. */
const equaliser: Motif = ({ a, b, c }, chance) => {
  const bars = count(8).map((column) => {
    const lit = 3 + Math.floor(chance() * 10);
    return count(lit).map((cell) => {
      const fill = cell > 9 ? b : cell > 5 ? c : a;
      const at = { x: round(4 + column * 14.4), y: round(139 - cell * 10.4) };
      return <rect key={`${column}-${cell}`} {...at} width={11} height={7.4} fill={fill} />;
    });
  });
  return <>{bars}</>;
};

/** A flower of long petals. */
const petals: Motif = ({ a, b, c }, chance) => {
  const number = 6 + Math.floor(chance() * 3) * 2;
  const x = round(44 + chance() * 32);
  const tilt = chance() * 60;
  return (
    <>
      {count(number).map((i) => {
        const turn = `rotate(${round(tilt + (i * 360) / number)} ${x} 74)`;
        return (
          <ellipse
            key={i}
            cx={x}
            cy={34}
            rx={13}
            ry={36}
            fill={i % 2 === 0 ? a : c}
            transform={turn}
          />
        );
      })}
      <circle cx={x} cy={74} r={15} fill={b} />
    </>
  );
};

/** Broad stripes broken by a disc. */
const stripes: Motif = ({ a, b, c, stock }, chance) => {
  const turn = pick([-35, 35, 90, 0], chance);
  const x = round(40 + chance() * 40);
  return (
    <>
      <g transform={`rotate(${turn} 60 75)`}>
        {count(15).map((i) => (
          <rect key={i} x={-60} y={-50 + i * 18} width={240} height={9} fill={a} />
        ))}
      </g>
      <circle cx={x} cy={70} r={38} fill={stock} />
      <circle cx={x} cy={70} r={32} fill={b} />
      <path d={`M${x - 32} 70a32 32 0 0 0 64 0z`} fill={c} />
    </>
  );
};

/** Discs that overlap like two spotlights on a curtain. */
const spots: Motif = ({ a, b, c }, chance) => {
  const y = round(60 + chance() * 24);
  const gap = round(16 + chance() * 10);
  return (
    <>
      {count(11).map((i) => (
        <rect key={i} x={i * 12} y={0} width={6} height={HEIGHT} fill={c} opacity={0.45} />
      ))}
      <circle cx={60 - gap} cy={y} r={36} fill={a} />
      <circle cx={60 + gap} cy={y + 12} r={36} fill={b} opacity={0.86} />
    </>
  );
};

export const MOTIFS: readonly [Motif, ...Motif[]] = [
  sun,
  tiles,
  record,
  beams,
  ridges,
  waves,
  halftone,
  arches,
  equaliser,
  petals,
  stripes,
  spots,
];
