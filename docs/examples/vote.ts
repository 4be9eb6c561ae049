/**
 * Votes for a song of a show's ballot and says what is left of your allowance.
 *
 *   npx node docs/examples/vote.ts [SHOW [SONG TITLE]]
 *
 * SHOW is the last part of a show page's address; without it the most voted open show is taken, and
 * without a title the first song you have not voted for. The site is THESET_URL. You are whoever
 * THESET_TOKEN belongs to, or THESET_EMAIL with THESET_PASSWORD, signed up first if need be.
 */
import { TRPCClientError } from "@trpc/client";
import { createTheSetClient } from "theset/client";

const { THESET_URL: url = "http://127.0.0.1:3000", THESET_TOKEN: token, THESET_EMAIL: email } = process.env;
const [wantedShow, ...words] = process.argv.slice(2);
const wantedTitle = words.join(" ");
const theset = createTheSetClient({ url, token });

async function signIn(): Promise<void> {
  const password = process.env.THESET_PASSWORD;
  if (!email || !password) throw new Error("Set THESET_TOKEN, or THESET_EMAIL and THESET_PASSWORD.");
  // Signing up answers the same for an address that has an account, and then changes nothing.
  await theset.auth.register.mutate({ email, password, displayName: email.split("@")[0]! });
  await theset.auth.login.mutate({ email, password });
}

async function mostVotedOpenShow(): Promise<string> {
  const { items } = await theset.shows.list.query({ sort: "votes" });
  const open = items.find((show) => show.voting.open);
  if (!open) throw new Error("No show is open for votes.");
  return open.slug;
}

async function vote(): Promise<void> {
  if (!token) await signIn();
  const { show, artist, venue, ballot } = await theset.shows.get.query({ show: wantedShow ?? (await mostVotedOpenShow()) });
  const row = ballot.find(({ song, mine }) => (wantedTitle ? song.title === wantedTitle : !mine));
  if (!row) throw new Error(`There is no such song to vote for at ${show.slug}.`);
  const { votes, allowance } = await theset.votes.cast.mutate({ setlistSongId: row.setlistSongId });
  console.log(`${artist.name}, ${venue.name}, ${show.localDate}: "${row.song.title}" now at ${votes}.`);
  console.log(`You have ${allowance.show} votes left for this show and ${allowance.day} for today.`);
}

try {
  await vote();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  // A refusal comes with a sentence to show and a code to act on.
  const reason = error instanceof TRPCClientError ? ` (${String(error.data?.reason)})` : "";
  console.error(error.message + reason);
  process.exitCode = 1;
}
