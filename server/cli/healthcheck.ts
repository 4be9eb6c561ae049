import { askReadiness } from "./ask-server.ts";
import { wholeNumber } from "./inputs.ts";
import type { Verbs } from "./verbs.ts";

export function addHealthcheck(verbs: Verbs): void {
  verbs
    .verb("healthcheck", {
      summary: "ask the running server whether it can serve, for containers and monitors",
      examples: [
        ["theset healthcheck", "0 when it can, 1 when it can't or nobody answers; asks the host and port, or socket, that are set"],
        ["theset healthcheck --timeout 2", "give up after two seconds"],
      ],
    })
    .option("--timeout <seconds>", "how long to wait for the answer", wholeNumber, 5)
    .action(({ timeout }: { timeout: number }) =>
      verbs.run(async ({ config }, out) => {
        const answer = await askReadiness(config, { timeoutMs: timeout * 1000 });
        const ready = answer.status === 200;
        if (ready) out.say("ready");
        else out.note(`The server at ${answer.at} is not ready: ${answer.problem}`);
        out.result({ ready, at: answer.at, status: answer.status, problem: answer.problem });
        return ready ? 0 : 1;
      }),
    );
}
