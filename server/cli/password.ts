import type { ReadStream } from "node:tty";
import { password as rules } from "../api/inputs.ts";
import { UsageError } from "./program.ts";

export interface Keyboard {
  input: NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY" | "setRawMode">>;
  screen: { write(text: string): unknown };
}

/** Where people type, or what was piped in. */
const here: Keyboard = { input: process.stdin, screen: process.stderr };

/** A new password: typed twice on a terminal without being shown, else the first line of stdin. Throws `UsageError`. */
export async function readNewPassword(keyboard: Keyboard = here): Promise<string> {
  const password = await (keyboard.input.isTTY ? typedTwice(keyboard) : firstLine(keyboard));
  const checked = rules.safeParse(password);
  if (!checked.success) throw new UsageError(checked.error.issues[0]!.message);
  return checked.data;
}

async function typedTwice(keyboard: Keyboard): Promise<string> {
  const { input } = keyboard;
  // Before anything is asked, and until all is answered: what is typed meanwhile would be shown.
  input.setRawMode?.(true);
  input.setEncoding("utf8");
  try {
    const first = await typed(keyboard, "New password: ");
    if ((await typed(keyboard, "The same again: ")) !== first) throw new UsageError("These were two different passwords. Nothing was changed.");
    return first;
  } finally {
    input.setRawMode?.(false);
  }
}

async function firstLine({ input }: Keyboard): Promise<string> {
  let text = "";
  for await (const chunk of input) text += String(chunk);
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  if (line === "") throw new UsageError("No password came. Type it on a terminal, or pipe it in: printf '%s' \"$PASSWORD\" | theset …");
  return line;
}

const BACKSPACE = ["\b", "\u007f"];
const ENTER = ["\r", "\n", "\u0004"];
const INTERRUPT = "\u0003";

/** What is typed up to Enter. */
async function typed({ input, screen }: Keyboard, ask: string): Promise<string> {
  screen.write(ask);
  const answer = await line(input);
  screen.write("\n");
  return answer;
}

function line(input: Keyboard["input"]): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const hear = (keys: string) => {
      for (const key of keys) {
        if (key === INTERRUPT) return end(() => reject(new UsageError("Nothing was changed.")));
        // What comes behind Enter in one piece is the next answer.
        if (ENTER.includes(key)) {
          const rest = keys.slice(keys.indexOf(key) + 1);
          end(() => resolve(text));
          if (rest !== "") input.unshift(rest);
          return;
        }
        text = BACKSPACE.includes(key) ? [...text].slice(0, -1).join("") : text + key;
      }
    };
    const end = (then: () => void) => {
      input.off("data", hear);
      input.pause();
      then();
    };
    input.on("data", hear);
    input.resume();
  });
}
