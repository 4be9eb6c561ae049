import type { AppCaller } from "./load-context.ts";

/** What the procedures answer, as the pages name it. */
export type ShowPage = Awaited<ReturnType<AppCaller["shows"]["get"]>>;
export type ShowSummary = Awaited<ReturnType<AppCaller["shows"]["list"]>>["items"][number];
export type ShowStatus = ShowSummary["status"];
export type Voting = ShowPage["voting"];
export type Allowance = NonNullable<ShowPage["allowance"]>;
export type TrendingShow = Awaited<ReturnType<AppCaller["shows"]["home"]>>["trending"][number];
export type ArtistSummary = Awaited<ReturnType<AppCaller["artists"]["list"]>>["items"][number];
export type ArtistPage = Awaited<ReturnType<AppCaller["artists"]["get"]>>;
export type PastShow = ArtistPage["past"][number];
export type Source = ShowPage["sources"][number];
export type ActualSetlist = ShowPage["setlists"][number];
export type VenuePage = Awaited<ReturnType<AppCaller["venues"]["get"]>>;
export type FoundSong = Awaited<ReturnType<AppCaller["songs"]["search"]>>["items"][number];
export type MyVotes = Awaited<ReturnType<AppCaller["votes"]["mine"]>>;
export type ApiToken = Awaited<ReturnType<AppCaller["tokens"]["list"]>>["items"][number];
export type NewApiToken = Awaited<ReturnType<AppCaller["tokens"]["create"]>>;
export type ImportPage = Awaited<ReturnType<AppCaller["imports"]["get"]>>;
export type ImportProgress = Awaited<ReturnType<AppCaller["imports"]["mine"]>>["items"][number];
export type ListedImport = Awaited<ReturnType<AppCaller["imports"]["list"]>>["active"][number];
export type ListedJob = Awaited<ReturnType<AppCaller["jobs"]["list"]>>["queued"][number];
export type JobRuns = Awaited<ReturnType<AppCaller["jobs"]["runs"]>>;
export type ProviderStates = Awaited<ReturnType<AppCaller["providers"]["states"]>>;
export type ModerationCase = Awaited<ReturnType<AppCaller["moderation"]["cases"]>>["items"][number];
export type ModerationPage = Awaited<ReturnType<AppCaller["moderation"]["case"]>>;
