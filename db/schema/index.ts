export * from "./users.ts";
export * from "./catalogue.ts";
export * from "./shows.ts";
export * from "./votes.ts";
export * from "./journal.ts";
export * from "./quarantine.ts";
