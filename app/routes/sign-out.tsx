import type { ActionFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { toErrorResponse } from "../http/errors.ts";

export const loader = () => redirect("/");

export async function action({ request, context }: ActionFunctionArgs) {
  try {
    await context.api.auth.logout();
    return redirect("/", 303);
  } catch (error) {
    throw toErrorResponse(error, { request, context });
  }
}
