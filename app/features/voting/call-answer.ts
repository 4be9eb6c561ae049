import { type Role, ROLES } from "#server/domain/scoring/played.ts";

export type CallIntent = "call" | "uncall";

/** A call, or one to be taken back. */
export interface AskedCall {
  intent: CallIntent;
  role: Role;
  /** NaN where the form names no song. */
  setlistSongId: number;
}

/** What a call is answered with. */
export type CallAnswer = ({ ok: true } | { ok: false; reason: string; message: string }) & { intent: CallIntent };

/** The call that a form asks for: a field with the role and the song in it. An unknown role is the opener of no song. */
export function askedCall(form: FormData): AskedCall | null {
  for (const intent of ["call", "uncall"] as const) {
    const value = form.get(intent);
    if (typeof value !== "string") continue;
    const [named = "", song = ""] = value.split(" ");
    const role = ROLES.find((one) => one === named);
    return { intent, role: role ?? "opener", setlistSongId: role && song !== "" ? Number(song) : Number.NaN };
  }
  return null;
}

/** What a script sends for a call, told that it wants the answer and no page. */
export function callForm({ intent, role, setlistSongId }: AskedCall): Record<string, string> {
  return { [intent]: `${role} ${setlistSongId}`, answer: "data" };
}
