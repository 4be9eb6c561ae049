import { withDatabase, withNewDatabase } from "./program.ts";
import type { Verbs } from "./verbs.ts";

/** `seed` and `remove-demo`. */
export function addDemoVerbs(verbs: Verbs): void {
  verbs
    .verb("seed", {
      summary: "load the demo catalogue, unless it is there",
      examples: [["theset seed", "made-up shows of real artists around today, each marked as a demo"]],
    })
    .action(() =>
      verbs.run((program, out) =>
        withNewDatabase(program, async ({ write }) => {
          const added = await write("seedDemo", { onlyIfFresh: false });
          out.say(added ? "The demo catalogue is loaded." : "The demo catalogue is there already.");
          out.result({ added });
          return 0;
        }),
      ),
    );
  verbs
    .verb("remove-demo", {
      summary: "remove the demo catalogue, its fans and their votes, and nothing else",
      examples: [["theset remove-demo", "what your own fans have voted on elsewhere stays"]],
    })
    .action(() =>
      verbs.run((program, out) =>
        withDatabase(program, async ({ write }) => {
          const removed = await write("removeDemo", undefined);
          out.say(removed ? "The demo catalogue is removed." : "There is no demo catalogue here.");
          out.result({ removed });
          return 0;
        }),
      ),
    );
}
