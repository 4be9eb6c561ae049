import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { themeCookie } from "../features/theme/theme-cookie.ts";
import { returnPath } from "../http/return-path.ts";

export const loader = () => redirect("/");

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const headers = { "Set-Cookie": await themeCookie(form.get("theme"), context.basePath) };
  return redirect(returnPath(form.get("next")), { status: 303, headers });
}
