import { isRouteErrorResponse } from "@remix-run/react";
import { useEffect } from "react";

interface OpenPage {
  path: string;
  shown: unknown;
  /** What was answered last, by address: a search of the page has another one than the page. */
  answers: Map<string, unknown>;
}

let openPage: OpenPage | null = null;

/** Remembers what an open page shows, for as long as it is open. */
export function useKept(path: string, data: unknown): void {
  useEffect(() => {
    openPage = { path, shown: null, answers: new Map() };
    return () => {
      openPage = null;
    };
  }, [path]);
  useEffect(() => {
    if (openPage?.path === path) openPage.shown = data;
  }, [path, data]);
}

/** Loads a page's data. An open page that cannot be refreshed goes on showing what it has. */
export async function refresh<T>(url: URL, load: () => Promise<T>): Promise<T> {
  const page = openPage?.path === url.pathname ? openPage : null;
  try {
    const data = await load();
    page?.answers.set(url.search, data);
    return data;
  } catch (error) {
    const answered = isRouteErrorResponse(error) && error.status < 500;
    if (answered || error instanceof Response || !page) throw error;
    return (page.answers.get(url.search) ?? page.shown) as T;
  }
}
