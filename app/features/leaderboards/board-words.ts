import type { Leaderboard } from "../../http/answers.ts";

type Named = Pick<Leaderboard, "board" | "year" | "artist" | "tour">;

/** What a leaderboard is called. */
export function boardTitle({ board, year, artist, tour }: Named): string {
  switch (board) {
    case "all":
      return "Leaderboard";
    case "year":
      return `Leaderboard of ${year}`;
    case "artist":
      return `Leaderboard of ${artist!.name}`;
    case "tour":
      return `Leaderboard of ${artist!.name}: ${tour!}`;
  }
}
