import { createHook } from "node:async_hooks";

/** What a piece of work answers, and how many passwords were hashed in this process meanwhile. */
export async function hashesDuring<T>(work: () => Promise<T>): Promise<{ answer: T; hashes: number }> {
  let hashes = 0;
  const hook = createHook({
    init(_id, type) {
      if (type === "ARGON2REQUEST") hashes += 1;
    },
  });
  hook.enable();
  try {
    const answer = await work();
    return { answer, hashes };
  } finally {
    hook.disable();
  }
}
