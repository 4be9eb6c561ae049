import { readConfig, type Config } from "../config/config.ts";
import { readEnvironment } from "../config/environment.ts";
import { checkDatabase } from "./doctor/database.ts";
import { checkDisk } from "./doctor/disk.ts";
import { fail, ok, type Finding } from "./doctor/finding.ts";
import { checkKeys } from "./doctor/keys.ts";
import { checkOpenFiles, checkTime } from "./doctor/machine.ts";
import { checkProviders } from "./doctor/providers.ts";
import { checkServer } from "./doctor/proxy.ts";
import { checkSecrets } from "./doctor/secrets.ts";
import type { Carried } from "./program.ts";
import type { Verbs } from "./verbs.ts";

export function addDoctor(verbs: Verbs): void {
  verbs
    .verb("doctor", {
      summary: "check settings, providers, disk, database, clock and proxy, and say what to do",
      examples: [
        ["theset doctor", "beside the running server or without; exit code 1 when something fails"],
        ["theset doctor --json", "the findings for programs"],
      ],
    })
    .action(() =>
      verbs.runBare(async (carried, out) => {
        const findings = await examine(carried);
        for (const { level, about, found, advice } of findings) {
          out.say(`${level.padEnd(5)}${about}: ${found}`);
          if (advice !== null) out.say(`     -> ${advice}`);
        }
        const count = (level: Finding["level"]) => findings.filter((one) => one.level === level).length;
        out.say(`${count("ok")} ok, ${count("warn")} to look at, ${count("fail")} to mend.`);
        out.result({ sound: count("fail") === 0, findings });
        return count("fail") === 0 ? 0 : 1;
      }),
    );
}

async function examine({ files }: Carried): Promise<Finding[]> {
  const { findings: settings, config } = readSettings(process.cwd());
  if (!config) return [...settings, checkTime(Date.now(), null), await checkOpenFiles()];
  const { findings, newest } = await checkDatabase(config, files.migrations());
  const machine = [checkTime(Date.now(), newest), ...(await checkServer(config)), await checkOpenFiles()];
  return [...settings, ...checkProviders(config), ...checkDisk(config), checkKeys(config), ...findings, ...machine].filter((one) => one !== null);
}

function readSettings(folder: string): { findings: Finding[]; config: Config | null } {
  try {
    const environment = readEnvironment(folder);
    const config = readConfig(environment.values);
    const valid = ok("settings", "all are valid; `theset config` shows them");
    return { config, findings: [valid, checkSecrets(folder, environment)].filter((one) => one !== null) };
  } catch (error) {
    const problem = error instanceof Error ? error.message.replaceAll("\n", "; ") : String(error);
    return { config: null, findings: [fail("settings", problem, "Set them right, in the environment or in .env; the program does not start before.")] };
  }
}
