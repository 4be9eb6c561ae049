import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readNewPassword } from "#server/cli/password.ts";

/** A terminal on which keys are pressed; `happened` tells what is shown and each change of its mode. */
function terminal(...keys: string[]) {
  const happened: string[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (mode: boolean) => void happened.push(mode ? "hidden" : "shown") });
  for (const key of keys) input.write(key);
  return { input: input as never, screen: { write: (text: string) => happened.push(text) }, happened };
}

test("typed twice on a terminal, with nothing shown", async () => {
  const keyboard = terminal("correct hors\x7fse", "\r", "correct horse\r");
  expect(await readNewPassword(keyboard)).toBe("correct horse");
  expect(keyboard.happened).toEqual(["hidden", "New password: ", "\n", "The same again: ", "\n", "shown"]);
});

test("both lines may come at once, as when pasted", async () => {
  expect(await readNewPassword(terminal("correct horse\rcorrect horse\r"))).toBe("correct horse");
});

test.each([
  [["correct horse\r", "correct house\r"], "These were two different passwords. Nothing was changed."],
  [["correct\x03"], "Nothing was changed."],
  [["short\r", "short\r"], "A password has at least 10 characters."],
])("%j is refused", async (keys, message) => {
  const keyboard = terminal(...keys);
  await expect(readNewPassword(keyboard)).rejects.toThrow(message);
  expect(keyboard.happened.at(-1)).toBe("shown");
});

test("piped in, the first line is taken", async () => {
  const input = new PassThrough();
  input.end("correct horse battery\r\nanother line\n");
  expect(await readNewPassword({ input, screen: { write: () => {} } })).toBe("correct horse battery");
});

test("nothing piped in is refused with what to do", async () => {
  const input = new PassThrough();
  input.end("\n");
  await expect(readNewPassword({ input, screen: { write: () => {} } })).rejects.toThrow(/^No password came\. .*pipe it in/);
});
