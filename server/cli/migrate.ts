import { withNewDatabase } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addMigrate(verbs: Verbs): void {
  verbs
    .verb("migrate", {
      summary: "bring the database up to date and stop",
      examples: [["theset migrate", "make the database, or bring an older one to this program's schema"]],
    })
    .action(() =>
      verbs.run((program, out) =>
        withNewDatabase(program, async () => {
          const { databasePath } = program.config;
          out.say(`${databasePath} is up to date.`);
          out.result({ database: databasePath });
          return 0;
        }),
      ),
    );
}
