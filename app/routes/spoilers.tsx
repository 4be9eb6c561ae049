import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { hidingCookie, shownCookie } from "../features/spoilers/spoiler-cookie.ts";
import { number } from "../http/form.ts";
import { returnPath } from "../http/return-path.ts";

export const loader = () => redirect("/");

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const headers = new Headers();
  const hiding = form.get("spoilers");
  if (hiding !== null) headers.append("Set-Cookie", await hidingCookie(hiding === "hidden", context.basePath));
  const showId = number(form, "show");
  if (Number.isSafeInteger(showId) && showId > 0) {
    headers.append("Set-Cookie", await shownCookie(request, { showId, show: form.get("played") === "shown" }, context.basePath));
  }
  return redirect(returnPath(form.get("next")), { status: 303, headers });
}
