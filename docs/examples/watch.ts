/**
 * Prints a show's live tally, now and whenever it changes.
 *
 *   npx node docs/examples/watch.ts SHOW [CHANGES]
 *
 * SHOW is the last part of a show page's address. Ends after CHANGES changes, or never. The site is
 * THESET_URL. The connection comes back by itself, and nothing is missed meanwhile.
 */
import { createTheSetClient } from "theset/client";

const url = process.env.THESET_URL ?? "http://127.0.0.1:3000";
const [show = "", changes = "Infinity"] = process.argv.slice(2);
const theset = createTheSetClient({ url });

const { artist, venue, ballot } = await theset.shows.get.query({ show });
const titles = new Map(ballot.map((row) => [row.setlistSongId, row.song.title]));
let left = Number(changes);

console.log(`${artist.name}, ${venue.name}`);
const subscription = theset.live.tally.subscribe(
  { show },
  {
    onData({ data: tally }) {
      const top = [...tally.songs].sort((a, b) => b.votes - a.votes).slice(0, 3);
      // A song that a fan has added since is not in the ballot fetched above.
      const lines = top.map((song) => `${titles.get(song.setlistSongId) ?? "A new song"} ${song.votes}`);
      console.log(`Votes ${tally.total}: ${lines.join(", ")}`);
      left -= 1;
      if (left < 0) subscription.unsubscribe();
    },
    onError(error) {
      console.error(error.message);
      process.exitCode = 1;
    },
  },
);
