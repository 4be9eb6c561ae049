/**
 * Prints what is played at a show, song by song as it is written down, and how the crowd and the forecast do.
 *
 *   npx node docs/examples/follow.ts SHOW
 *
 * SHOW is the last part of a show page's address. Ends when the setlist is final. The site is THESET_URL. The
 * connection comes back by itself, and nothing is missed meanwhile.
 */
import { createTheSetClient, type SetlistFrame } from "theset/client";

const url = process.env.THESET_URL ?? "http://127.0.0.1:3000";
const [show = ""] = process.argv.slice(2);
const theset = createTheSetClient({ url });
let told = 0;

function print({ sets, lists, status }: SetlistFrame): void {
  const songs = sets.flatMap((set) => set.songs.map((song) => ({ ...song, encore: set.encore !== null })));
  for (const { title, encore, worth } of songs.slice(told)) {
    console.log(`${encore ? "Encore: " : ""}${title}${worth === null ? "" : ` (${worth})`}`);
  }
  told = songs.length;
  const scores = Object.entries(lists).flatMap(([name, list]) => (list ? [`${name} ${list.hits} of ${list.of}`] : []));
  console.log(`${status}: ${scores.join(", ")}`);
}

const subscription = theset.live.show.subscribe(
  { show },
  {
    onData({ data }) {
      if (data.event !== "setlist" || data.setlist === null) return;
      print(data.setlist);
      if (data.setlist.status === "final") subscription.unsubscribe();
    },
    onError(error) {
      console.error(error.message);
      process.exitCode = 1;
    },
  },
);
