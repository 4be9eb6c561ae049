import { redirect, type TypedResponse } from "@remix-run/node";
import type { Asked } from "./errors.ts";
import { pathOf } from "./return-path.ts";

/** Sends a visitor of an address that was another page's on to the page that has taken its place, for good; null at the right one. */
export function movedTo({ request, context }: Asked, asked: string | undefined, slug: string): TypedResponse<never> | null {
  if (asked === slug) return null;
  const path = pathOf(request, context.basePath).replace(/^(\/(?:artists|venues|shows))\/[^/?]+/, `$1/${slug}`);
  return redirect(path, 301);
}
