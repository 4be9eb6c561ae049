import * as z from "zod";
import { signIn, signOut } from "../../auth/sign-in.ts";
import { hashPassword } from "../../auth/passwords.ts";
import { createToken, hashToken } from "../../auth/tokens.ts";
import { credentials, listTokens, me } from "../../views/account.ts";
import { displayName, email, id, line, password } from "../inputs.ts";
import { procedure, procedureFor, router } from "../trpc.ts";

const forOwners = procedureFor("manage-own-account");

export const authRouter = router({
  /** Opens an account; the answer does not tell whether the address had one already. */
  register: procedure
    .input(z.object({ email, password, displayName }))
    .mutation(async ({ ctx, input }) => {
      await ctx.attempts.countAddress(ctx.request.address);
      const passwordHash = await hashPassword(input.password);
      await ctx.write("registerFan", { email: input.email, displayName: input.displayName, passwordHash });
      return { ok: true as const };
    }),

  /** Signs in and sets the session cookie. */
  login: procedure
    .input(z.object({ email, password: z.string().max(200) }))
    .mutation(async ({ ctx, input }) => {
      const sessions = ctx.authenticator.sessions(ctx.request.secure);
      const { address, plainHttp } = ctx.request;
      const find = (email: string) => credentials(ctx.reader, email);
      const signedIn = await signIn({ ...input, address, plainHttp }, { ...ctx, sessions, find });
      if (ctx.sessionId) await sessions.end(ctx.sessionId);
      ctx.responseHeaders.append("set-cookie", signedIn.setCookie);
      return { user: await me(ctx.reader, signedIn.userId) };
    }),

  logout: procedure.mutation(async ({ ctx }) => {
    const sessions = ctx.authenticator.sessions(ctx.request.secure);
    ctx.responseHeaders.append("set-cookie", await signOut(sessions, ctx.sessionId));
    return { ok: true as const };
  }),

  me: procedure.query(({ ctx }) => (ctx.actor ? me(ctx.reader, ctx.actor.userId) : null)),

  /** Makes the signed-in fan the first admin, for the one-time token that the first start printed. */
  claimSetup: forOwners.input(z.object({ token: line(100) })).mutation(async ({ ctx, input }) => {
    await ctx.attempts.countAddress(ctx.request.address);
    await ctx.write("claimSetup", { fan: ctx.authorized, tokenHash: hashToken(input.token) });
    return { user: await me(ctx.reader, ctx.authorized.userId) };
  }),
});

export const tokensRouter = router({
  list: forOwners.query(({ ctx }) => listTokens(ctx.reader, ctx.authorized.userId)),

  /** Makes an API token; this answer is the only one that holds it. */
  create: forOwners
    .input(z.object({ name: line(60).pipe(z.string().min(1, "Give the token a name.")) }))
    .mutation(async ({ ctx, input }) => {
      const { token, ...kept } = createToken();
      const tokenId = await ctx.write("createApiToken", { ...kept, name: input.name, fan: ctx.authorized });
      return { id: tokenId, name: input.name, token };
    }),

  revoke: forOwners.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    await ctx.write("revokeApiToken", { id: input.id, fan: ctx.authorized });
    return { ok: true as const };
  }),
});
