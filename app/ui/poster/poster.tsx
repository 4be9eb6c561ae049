import { chanceFrom, pick } from "./chance.ts";
import { INKS } from "./inks.ts";
import { HEIGHT, MOTIFS, WIDTH } from "./motifs.tsx";

function pressFor(name: string) {
  const chance = chanceFrom(name);
  const inks = pick(INKS, chance);
  return { inks, motif: pick(MOTIFS, chance), chance };
}

/** Flat artwork drawn from a name; the same name always gets the same picture. */
export function PosterArt({ name }: { name: string }) {
  const { inks, motif, chance } = pressFor(name);
  return (
    <svg
      aria-hidden
      className="poster"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
    >
      <rect width={WIDTH} height={HEIGHT} fill={inks.stock} />
      {motif(inks, chance)}
    </svg>
  );
}

interface PosterProps {
  name: string;
  /** Small print under the name. */
  line?: string;
  className?: string;
}

/** A gig poster: the art with the name set under it. Decoration; the page says the same in words. */
export function Poster({ name, line, className = "" }: PosterProps) {
  const { inks } = pressFor(name);
  return (
    <div
      aria-hidden
      className={`@container flex flex-col overflow-hidden rounded-[0.6em] shadow-poster ring-1 ring-line ${className}`}
      style={{ background: inks.stock, color: inks.words }}
    >
      <div className="aspect-[6/7] w-full">
        <PosterArt name={name} />
      </div>
      <div className="px-[7cqw] pt-[5cqw] pb-[6cqw]">
        <p
          dir="auto"
          className="wrap-title line-clamp-3 font-display text-[11.5cqw] leading-[0.92] font-extrabold tracking-[-0.03em]"
        >
          {name}
        </p>
        {line ? (
          <p className="mt-[3cqw] truncate text-[max(4.6cqw,0.6rem)] font-semibold">{line}</p>
        ) : null}
      </div>
    </div>
  );
}
