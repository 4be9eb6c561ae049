import { Argument, Option } from "commander";
import type { Role } from "../auth/actor.ts";
import { withDatabase } from "./program.ts";
import type { Verbs } from "./verbs.ts";

const ROLES = ["admin", "moderator", "user"] as const satisfies Role[];

export function addUser(verbs: Verbs): void {
  const user = verbs.noun("user", "make accounts and say what they may do");
  addPromote(user);
}

function addPromote(verbs: Verbs): void {
  verbs
    .verb("promote", {
      summary: "give an account a role",
      examples: [
        ["theset user promote you@example.org", "make an admin"],
        ["theset user promote you@example.org --role moderator", "may decide on held votes, and nothing else"],
      ],
    })
    .addArgument(new Argument("<email>", "the account's address"))
    .addOption(new Option("--role <role>", "what the account may do").choices(ROLES).default("admin"))
    .action((email: string, { role }: { role: Role }) =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ write }) => {
          await write("setUserRole", { email: email.trim().toLowerCase(), role });
          out.say(`${email} is now ${role}.`);
          out.result({ email: email.trim().toLowerCase(), role });
          return 0;
        }),
      ),
    );
}
