import { fork } from "node:child_process";
import { once } from "node:events";

/** Runs a script of this folder in a process of its own: one order in, one report out. */
export async function inProcess<Order extends object, Report>(script: string, order: Order): Promise<Report> {
  const child = fork(new URL(script, import.meta.url));
  const exited = once(child, "exit").then(([code]) => {
    throw new Error(`${script} ended with ${String(code)} before it reported`);
  });
  child.send(order);
  const [report] = (await Promise.race([once(child, "message"), exited])) as [Report];
  return report;
}
