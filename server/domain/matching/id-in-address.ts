import type { Provider } from "../provider-records.ts";

/** An id at a provider as somebody typed it: the id itself, or the address of its page. */
export type TypedId = { ok: true; provider: Provider; id: string } | { ok: false; problem: string };

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
/** How the pages of each provider are addressed, with the id in it. */
const PAGES: [Provider, RegExp][] = [
  ["musicbrainz", new RegExp(`^https?://(?:[a-z]+\\.)?musicbrainz\\.org/(?:artist|place|event|recording)/(${UUID})(?=[/?#]|$)`, "i")],
  ["spotify", /^https?:\/\/open\.spotify\.com\/(?:intl-[a-z]+\/)?(?:artist|track)\/([0-9A-Za-z]{22})(?=[/?#]|$)/],
  ["spotify", /^spotify:(?:artist|track):([0-9A-Za-z]{22})$/],
  ["setlistfm", /^https?:\/\/(?:www\.)?setlist\.fm\/venue\/[^/?#]*-([0-9a-f]{4,8})\.html$/],
];
/** Pages whose addresses hold another id than programs are given, and what to do instead. */
const UNHELPFUL: [RegExp, string][] = [
  [/^https?:\/\/(?:www\.)?setlist\.fm\//, "The address of an artist’s page at setlist.fm does not hold the id. Give the artist’s MusicBrainz id: setlist.fm uses the same."],
  [/^https?:\/\/(?:[a-z]+\.)?ticketmaster\.[a-z.]+\//, "The address of a page at Ticketmaster does not hold the id that programs use. Give the id itself, such as K8vZ9171ob7."],
];
const ID = /^[\w.:-]{1,100}$/;

/** Reads what a moderator typed or pasted; `provider` is the one that was chosen, and the address of another one's page wins. */
export function readTypedId(typed: string, provider: Provider | undefined): TypedId {
  const text = typed.trim();
  for (const [of, pattern] of PAGES) {
    const id = pattern.exec(text)?.[1];
    if (id) return { ok: true, provider: of, id: of === "musicbrainz" ? id.toLowerCase() : id };
  }
  const unhelpful = UNHELPFUL.find(([pattern]) => pattern.test(text));
  if (unhelpful) return { ok: false, problem: unhelpful[1] };
  if (!ID.test(text) || /^https?:/i.test(text)) return { ok: false, problem: "This is neither an id nor the address of a page that TheSet knows." };
  return provider ? { ok: true, provider, id: text } : { ok: false, problem: "Choose the provider that has this id." };
}
