import { Argument, Option } from "commander";
import { PROVIDERS, type Provider } from "../domain/provider-records.ts";
import { importArtist } from "./import-artist.ts";
import { importFile } from "./import-file.ts";
import { readingOf } from "./import-reading.ts";
import type { Verbs } from "./verbs.ts";

interface Options {
  file?: boolean;
  artist?: boolean;
  provider?: Provider;
  id?: string;
  wait: boolean;
}

export function addImport(verbs: Verbs): void {
  verbs
    .verb("import", {
      summary: "bring in an artist from the providers; or make the database from an export",
      examples: [
        ['theset import "Nina Simone"', "songs, shows and past setlists; Ctrl-C leaves what there is, and the same command goes on"],
        ["theset import --provider musicbrainz --id MBID", "where several have one name"],
        ['theset import "Nina Simone" --no-wait', "only puts it into the queue of a running server"],
        ["DATA_DIR=/var/lib/theset theset import everything.ndjson", "what `theset export` wrote, into an empty place"],
        ["gunzip -c everything.ndjson.gz | theset import -", "the same from stdin"],
      ],
    })
    .addArgument(new Argument("[artist or file]", "an artist's name; or what `theset export` wrote, - for stdin"))
    .addOption(new Option("--provider <name>", "who knows the artist by --id; musicbrainz unless told otherwise").choices(PROVIDERS))
    .option("--id <id>", "the artist's id there")
    .addOption(new Option("--artist", "an artist is meant, though there is a file of that name").conflicts("file"))
    .option("--file", "a file is meant, though it looks like a name")
    .option("--no-wait", "put the artist into the queue and don't wait")
    .action((word: string | undefined, { file, artist, provider, id, wait }: Options) =>
      verbs.run((program, out) => {
        const reading = readingOf(word, { file, artist, provider, id });
        return "file" in reading ? importFile(program, out, reading.file) : importArtist(program, out, { target: reading.artist, wait });
      }),
    );
}
