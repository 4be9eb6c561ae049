/** What was looked at, how it is, and what to do about it. */
export interface Finding {
  about: string;
  level: "ok" | "note" | "warn" | "fail";
  found: string;
  /** What to do; null where nothing is to be done. */
  advice: string | null;
}

export function ok(about: string, found: string): Finding {
  return { about, level: "ok", found, advice: null };
}

/** All is well, and more could be had. */
export function note(about: string, found: string, advice: string): Finding {
  return { about, level: "note", found, advice };
}

export function warn(about: string, found: string, advice: string): Finding {
  return { about, level: "warn", found, advice };
}

export function fail(about: string, found: string, advice: string): Finding {
  return { about, level: "fail", found, advice };
}
