import { send, type RawAnswer } from "./raw-http.ts";

/** The commands in the `sh` blocks of a Markdown file, one a line. */
export function commandsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block]) => block!.replace(/\\\n\s*/g, "").trim().split("\n"));
}

/** The words of a shell command: quotes, escapes inside double quotes, and variables. */
export function words(command: string, variables: Record<string, string>): string[] {
  const found: string[] = [];
  for (const [word] of command.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g)) {
    found.push(word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|[^'"]+/g, (part, single?: string, double?: string) => {
      if (single !== undefined) return single;
      const text = double?.replace(/\\(.)/g, "$1") ?? part;
      return text.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? fail(`$${name} is not set`));
    }));
  }
  return found;
}

/** Does what a curl command of the docs does, on machines without curl too. `files`: what lies in the folder, by name; `> name` adds one. */
export async function curl(command: string, variables: Record<string, string>, files = new Map<string, string>()): Promise<RawAnswer> {
  const [program, ...rest] = words(command, variables);
  if (program !== "curl") fail(`${command} is not curl`);
  const headers: Record<string, string> = {};
  const parameters: string[] = [];
  let [url, body, saved]: [string?, string?, string?] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "-H") {
      const [name = "", ...value] = rest.shift()!.split(": ");
      headers[name.toLowerCase()] = value.join(": ");
    } else if (word === "--data") body = rest.shift();
    else if (word === "--data-binary") body = files.get(rest.shift()!.replace(/^@/, "")) ?? fail("the file to send is not there");
    else if (word === ">") saved = rest.shift();
    else if (word === "--data-urlencode") {
      const [name = "", ...value] = rest.shift()!.split("=");
      parameters.push(`${name}=${encodeURIComponent(value.join("="))}`);
    } else if (word !== "--get") url = word.startsWith("-") ? fail(`${word} is not known here`) : word;
  }
  const { origin, pathname, search } = new URL(url ?? fail("there is no address"));
  const asked = parameters.length > 0 ? `?${parameters.join("&")}` : search;
  const answer = await send(origin, { path: pathname + asked, headers, ...(body !== undefined && { body }) });
  if (saved !== undefined) files.set(saved, answer.text);
  return answer;
}

function fail(why: string): never {
  throw new Error(`The command cannot be run: ${why}`);
}
