import type { KnownAccess } from "../auth/known-access.ts";
import type { Commands, Write } from "../commands/registry.ts";

type AccessCommand = "claimSetup" | "endSession" | "endSessionsOf" | "removeDemo" | "revokeApiToken" | "setUserRole";
type InputOf<N extends AccessCommand> = Parameters<Commands[N]["run"]>[1]["input"];

/** What this process must forget after each command that changes who may do what. */
const forgets: { readonly [N in AccessCommand]: (known: KnownAccess, input: InputOf<N>) => void } = {
  claimSetup: (known, { fan }) => known.forget(fan.userId),
  endSession: (known, { idHash }) => known.forget(idHash),
  endSessionsOf: (known, { userId }) => known.forget(userId),
  removeDemo: (known) => known.forgetAll(),
  revokeApiToken: (known, { fan }) => known.forget(fan.userId),
  setUserRole: (known) => known.forgetAll(),
};

/** Writes after which, once they are answered, what they ended is not believed any more. */
export function forgettingWrites(write: Write, known: KnownAccess): Write {
  return (name, input) => {
    const written = write(name, input);
    const forget = (forgets as Partial<Record<string, (known: KnownAccess, input: unknown) => void>>)[name];
    return forget ? written.finally(() => forget(known, input)) : written;
  };
}
