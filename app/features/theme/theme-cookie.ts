import { createCookie } from "@remix-run/node";

export type Theme = "light" | "dark";

const YEAR_SECONDS = 31_536_000;

const cookie = createCookie("theme", {
  path: "/",
  sameSite: "lax",
  httpOnly: true,
  maxAge: YEAR_SECONDS,
});

/** The theme the viewer chose, null when the system decides. */
export async function themeOf(request: Request): Promise<Theme | null> {
  return asTheme(await cookie.parse(request.headers.get("Cookie")));
}

/** The Set-Cookie header that remembers a choice; anything but a theme forgets it. */
export function themeCookie(chosen: unknown): Promise<string> {
  const theme = asTheme(chosen);
  return cookie.serialize(theme ?? "", theme ? {} : { maxAge: 0 });
}

function asTheme(value: unknown): Theme | null {
  return value === "light" || value === "dark" ? value : null;
}
