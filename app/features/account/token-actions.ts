import { data } from "@remix-run/node";
import type { NewApiToken } from "../../http/answers.ts";
import { type Asked, type FormError, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, text } from "../../http/form.ts";
import type { AppCaller } from "../../http/load-context.ts";

export interface TokenAnswer {
  created?: NewApiToken;
  problem?: FormError;
}

/** Creates or revokes a token of the fan's own. */
export async function answerTokens({ request, context }: Asked) {
  const form = await request.formData();
  try {
    return data(await change(context.api, form));
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, ...problem } = toFormError(error);
    return data<TokenAnswer>({ problem }, { status });
  }
}

async function change(api: AppCaller, form: FormData): Promise<TokenAnswer> {
  if (text(form, "intent") === "revoke-token") {
    await api.tokens.revoke({ id: number(form, "id") });
    return {};
  }
  return { created: await api.tokens.create({ name: text(form, "name") }) };
}
