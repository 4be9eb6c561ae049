import { Agent, request, type RequestOptions } from "node:http";

export interface Hammering {
  /** Stops; how many requests were answered with 200, and what became of the others. */
  stop(): Promise<{ answered: number; failed: string[] }>;
}

/** Asks for a page over and over, a number of visitors at once; half of them keep their connections. */
export function hammer(where: RequestOptions, visitors: number): Hammering {
  let going = true;
  let answered = 0;
  const failed: string[] = [];
  const visit = async (agent: Agent | false) => {
    while (going) {
      const outcome = await ask({ ...where, agent });
      if (outcome === "200") answered += 1;
      else failed.push(outcome);
    }
    if (agent) agent.destroy();
  };
  const all = Array.from({ length: visitors }, (_, i) => visit(i % 2 === 0 && new Agent({ keepAlive: true, maxSockets: 1 })));
  return {
    async stop() {
      going = false;
      await Promise.all(all);
      return { answered, failed };
    },
  };
}

/** The status, or the error's code. */
function ask(options: RequestOptions): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(options, (answer) => answer.resume().once("end", () => resolve(String(answer.statusCode))).once("error", (error: NodeJS.ErrnoException) => resolve(`${error.code} in the body`)));
    asked.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}
