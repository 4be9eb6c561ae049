import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";

/** Migrates the database it is told, once told to go, and says how many migrations that took. */
const [url, folder] = process.argv.slice(2);

process.once("message", () => {
  run().then(
    (migrated) => process.send!({ migrated }),
    (error: unknown) => process.send!({ failed: String(error) }),
  ).finally(() => process.disconnect());
});
process.send!("ready");

async function run(): Promise<number> {
  const writer = await openWriter(url!);
  try {
    return await migrate(writer.client, readMigrations(folder!));
  } finally {
    writer.close();
  }
}
