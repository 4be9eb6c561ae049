import { readConfig } from "../config/config.ts";
import { readEnvironment } from "../config/environment.ts";
import { describeSettings } from "../config/settings.ts";
import type { Verbs } from "./verbs.ts";

export function addConfig(verbs: Verbs): void {
  verbs
    .verb("config", {
      summary: "show the settings in effect and where each comes from, secrets masked",
      examples: [
        ["theset config", "each setting, its value, and: default, environment, .env or file"],
        ["theset config --json", "the same for programs"],
      ],
    })
    .action(() =>
      verbs.runBare((_carried, out) => {
        const environment = readEnvironment(process.cwd());
        const settings = describeSettings(readConfig(environment.values), environment);
        for (const { name, value, from } of settings) out.say(`${name.padEnd(28)}${(value || "-").padEnd(40)} ${from}`);
        out.result({ settings });
        return 0;
      }),
    );
}
