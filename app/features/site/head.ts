import type { MetaDescriptor } from "@remix-run/node";

/** Title and description of a page, for the tab, for search results and for shared links. */
export function head(title: string, description: string): MetaDescriptor[] {
  const full = title === "" ? "TheSet: call the setlist" : `${title} · TheSet`;
  return [
    { title: full },
    { name: "description", content: description },
    { property: "og:title", content: full },
    { property: "og:description", content: description },
    { property: "og:type", content: "website" },
    { property: "og:site_name", content: "TheSet" },
  ];
}
