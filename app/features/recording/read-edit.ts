import type { DraftEdit, DraftLine } from "#server/domain/setlists/draft.ts";

/** What a button of the page asks for, such as "move 3 2"; the fields of its form say the rest. Null for what is no edit. */
export function readEdit(form: FormData): DraftEdit | null {
  const [verb, at = Number.NaN, to = Number.NaN] = askedOf(form);
  switch (verb) {
    case "add":
      return added(form);
    case "set":
    case "encore":
      return { do: "break", encore: verb === "encore" };
    case "remove":
      return { do: "remove", at };
    case "insert":
      return inserted(form, at);
    case "move":
      return { do: "move", at, to };
    case "change":
      return { do: "change", at, with: changesOf(form) };
    case "medley":
      return { do: "medley", at, joined: to === 1 };
    default:
      return null;
  }
}

function askedOf(form: FormData): [verb: string, ...places: number[]] {
  const [verb = "", ...places] = wordsOf(form, "edit").split(" ");
  return [verb, ...places.map(Number)];
}

function wordsOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

function added(form: FormData): DraftEdit | null {
  const title = wordsOf(form, "title");
  const songId = Number(wordsOf(form, "songId")) || null;
  return title === "" ? null : { do: "add", title, songId };
}

/** Puts back what has just been removed. */
function inserted(form: FormData, at: number): DraftEdit | null {
  try {
    return { do: "insert", at, line: JSON.parse(wordsOf(form, "line")) as DraftLine };
  } catch {
    return null;
  }
}

function changesOf(form: FormData): Extract<DraftEdit, { do: "change" }>["with"] {
  if (form.has("name")) return { name: wordsOf(form, "name") || null };
  const said = (name: string) => wordsOf(form, name) || null;
  const title = said("title");
  return { ...(title && { title }), coverOf: said("coverOf"), guest: said("guest"), note: said("note"), tape: form.has("tape"), segue: form.has("segue") };
}
