import { createCookie } from "@remix-run/node";

export type Theme = "light" | "dark";

const YEAR_SECONDS = 31_536_000;

const cookie = createCookie("theme", {
  sameSite: "lax",
  httpOnly: true,
  maxAge: YEAR_SECONDS,
});

/** The theme the viewer chose, null when the system decides. */
export async function themeOf(request: Request): Promise<Theme | null> {
  return asTheme(await cookie.parse(request.headers.get("Cookie")));
}

/** The Set-Cookie header that remembers a choice below the base path; anything but a theme forgets it. */
export function themeCookie(chosen: unknown, basePath: string): Promise<string> {
  const theme = asTheme(chosen);
  const path = basePath || "/";
  return cookie.serialize(theme ?? "", theme ? { path } : { path, maxAge: 0 });
}

function asTheme(value: unknown): Theme | null {
  return value === "light" || value === "dark" ? value : null;
}
