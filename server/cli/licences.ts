import { UsageError } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addLicences(verbs: Verbs): void {
  verbs
    .verb("licences", {
      summary: "show the licences of everything inside the single executable",
      examples: [["theset licences | less", "Node, its libraries, and every package that went in"]],
    })
    .action(() =>
      verbs.runBare(({ files }, out) => {
        const text = files.licences?.();
        if (text === undefined) throw new UsageError("The licences are in node_modules here: only the single executable carries them itself.");
        out.say(text.trimEnd());
        out.result({ licences: text });
        return 0;
      }),
    );
}
