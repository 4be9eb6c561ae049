import { Argument, Option, type Command } from "commander";
import type { Role } from "../auth/actor.ts";
import { hashPassword } from "../auth/passwords.ts";
import { allAccounts } from "../views/accounts.ts";
import { displayName, email } from "./inputs.ts";
import { readNewPassword } from "./password.ts";
import { withDatabase, withNewDatabase } from "./program.ts";
import type { Verbs } from "./verbs.ts";

const ROLES = ["admin", "moderator", "user"] as const satisfies Role[];

export function addUser(verbs: Verbs): void {
  const user = verbs.noun("user", "make accounts and say what they may do");
  for (const add of [addCreate, addPromote, addResetPassword, addList]) add(user);
}

function withEmail(command: Command): Command {
  return command.addArgument(new Argument("<email>", "the account's address").argParser(email));
}

function addCreate(verbs: Verbs): void {
  const command = verbs.verb("create", {
    summary: "open an account; its password is asked for, or read from stdin",
    examples: [
      ["theset user create you@example.org --role admin", "asks for the password twice, without showing it"],
      ["theset user create bot@example.org --name 'Door list' < password.txt", "takes the first line of a file"],
    ],
  });
  withEmail(command)
    .option("--name <name>", "what others see; the part before the @ unless given", displayName)
    .addOption(new Option("--role <role>", "what the account may do").choices(ROLES).default("user"))
    .action((address: string, { name, role }: { name?: string; role: Role }) =>
      verbs.run(async (program, out) => {
        const passwordHash = await hashPassword(await readNewPassword());
        const account = { email: address, displayName: name ?? address.split("@", 1)[0]!.slice(0, 60), role };
        const id = await withNewDatabase(program, ({ write }) => write("createAccount", { ...account, passwordHash }));
        out.say(`${address} has an account now, as ${role}.`);
        out.result({ id, ...account });
        return 0;
      }),
    );
}

function addPromote(verbs: Verbs): void {
  const command = verbs.verb("promote", {
    summary: "give an account a role",
    examples: [
      ["theset user promote you@example.org", "make an admin"],
      ["theset user promote you@example.org --role moderator", "may decide on held votes, and nothing else"],
    ],
  });
  withEmail(command)
    .addOption(new Option("--role <role>", "what the account may do").choices(ROLES).default("admin"))
    .action((address: string, { role }: { role: Role }) =>
      verbs.run(async (program, out) => {
        await withDatabase(program, ({ write }) => write("setUserRole", { email: address, role }));
        out.say(`${address} is now ${role}.`);
        out.result({ email: address, role });
        return 0;
      }),
    );
}

function addResetPassword(verbs: Verbs): void {
  const command = verbs.verb("reset-password", {
    summary: "give an account a new password and sign it out everywhere",
    examples: [["theset user reset-password you@example.org", "asks for the new password twice, without showing it"]],
  });
  withEmail(command).action((address: string) =>
    verbs.run(async (program, out) => {
      const passwordHash = await hashPassword(await readNewPassword());
      await withDatabase(program, ({ write }) => write("resetPassword", { email: address, passwordHash }));
      out.say(`${address} has a new password. All its sessions are ended; API tokens stay.`);
      out.result({ email: address });
      return 0;
    }),
  );
}

function addList(verbs: Verbs): void {
  verbs
    .verb("list", {
      summary: "list the accounts of people, oldest first",
      examples: [["theset user list --role admin", "who may do everything"]],
    })
    .addOption(new Option("--role <role>", "those with this role only").choices(ROLES))
    .action(({ role }: { role?: Role }) =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ reader }) => {
          const accounts = await allAccounts(reader, { role });
          for (const one of accounts) out.say([one.email, one.role, one.createdAt, one.displayName].join("\t"));
          if (accounts.length === 0) out.note("There is no such account.");
          out.result({ accounts });
          return 0;
        }),
      ),
    );
}
