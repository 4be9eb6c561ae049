import { openReader } from "#db/client.ts";
import { sqliteVersion } from "#db/queries/about.ts";
import { version } from "../version.ts";
import type { Verbs } from "./verbs.ts";

export function addVersion(verbs: Verbs): void {
  verbs
    .verb("version", {
      summary: "show the versions of the program, Node, SQLite and the schema",
      examples: [["theset version --json", "the same for programs"]],
    })
    .action(() =>
      verbs.runBare(async ({ files }, out) => {
        const versions = { theset: version, node: process.versions.node, sqlite: await carriedSqlite(), schema: files.migrations().length };
        out.say(`theset ${versions.theset}`);
        out.say(`Node ${versions.node}, SQLite ${versions.sqlite}, schema ${versions.schema}, ${process.platform}-${process.arch}`);
        out.result({ ...versions, platform: `${process.platform}-${process.arch}` });
        return 0;
      }),
    );
}

async function carriedSqlite(): Promise<string> {
  const connection = await openReader("file::memory:");
  try {
    return await sqliteVersion(connection.db);
  } finally {
    connection.close();
  }
}
