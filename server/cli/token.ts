import { Argument } from "commander";
import { authorize } from "../auth/actor.ts";
import { createToken } from "../auth/tokens.ts";
import { actorOf, actorOfToken, allTokens } from "../views/accounts.ts";
import { email, tokenName, wholeNumber } from "./inputs.ts";
import { withDatabase } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addToken(verbs: Verbs): void {
  const token = verbs.noun("token", "make and revoke API tokens, with which scripts act for an account");
  for (const add of [addCreate, addList, addRevoke]) add(token);
}

function addCreate(verbs: Verbs): void {
  verbs
    .verb("create", {
      summary: "make an API token for an account; it is shown this once",
      examples: [["theset token create you@example.org --name 'door list'", "prints the token, for an Authorization: Bearer header"]],
    })
    .addArgument(new Argument("<email>", "the account's address").argParser(email))
    .option("--name <name>", "to tell it apart from others", tokenName, "command line")
    .action((address: string, { name }: { name: string }) =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ reader, write }) => {
          const fan = authorize(await actorOf(reader, address), "manage-own-account");
          const { token, ...kept } = createToken();
          const id = await write("createApiToken", { ...kept, name, fan });
          out.say(token);
          out.note(`Token ${id} of ${address}. Keep it now: it is not shown again.`);
          out.result({ id, email: address, name, token });
          return 0;
        }),
      ),
    );
}

function addList(verbs: Verbs): void {
  verbs
    .verb("list", {
      summary: "list API tokens by their first characters",
      examples: [
        ["theset token list", "those of all accounts"],
        ["theset token list you@example.org", "those of one"],
      ],
    })
    .addArgument(new Argument("[email]", "the account's address").argParser(email))
    .action((address: string | undefined) =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ reader }) => {
          const tokens = await allTokens(reader, { email: address });
          for (const one of tokens) {
            out.say([one.id, `${one.prefix}…`, one.email, `used ${one.lastUsedAt ?? "never"}`, one.name].join("\t"));
          }
          if (tokens.length === 0) out.note("There is no token.");
          out.result({ tokens });
          return 0;
        }),
      ),
    );
}

function addRevoke(verbs: Verbs): void {
  verbs
    .verb("revoke", {
      summary: "end an API token; a running server hears of it at once",
      examples: [["theset token revoke 7", "the number is what `theset token list` shows first"]],
    })
    .addArgument(new Argument("<id>", "the token's number").argParser(wholeNumber))
    .action((id: number) =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ reader, write }) => {
          const actor = await actorOfToken(reader, id);
          await write("revokeApiToken", { id, fan: authorize(actor, "manage-own-account") });
          out.say(`Token ${id} of ${actor.email} is no longer valid.`);
          out.result({ id, email: actor.email });
          return 0;
        }),
      ),
    );
}
