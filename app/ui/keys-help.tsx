import { Keyboard } from "lucide-react";

interface KeysHelpProps {
  /** What single keys do, but the one that shows this. */
  keys: readonly (readonly [key: string, does: string])[];
  open: boolean;
  onOpen: (open: boolean) => void;
  active: boolean;
  onActive: (active: boolean) => void;
}

/** Which keys do what, and a way to turn them off. */
export function KeysHelp({ keys: all, open, onOpen, active, onActive }: KeysHelpProps) {
  return (
    <details open={open} onToggle={(event) => onOpen(event.currentTarget.open)} className="group text-[0.9375rem]">
      <summary className="flex min-h-11 list-none items-center gap-2 font-semibold [&::-webkit-details-marker]:hidden">
        <Keyboard aria-hidden size={20} /> Keys
        <Key>?</Key>
      </summary>
      <dl className="mb-2 grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
        {[...all, ["?", "Show or hide these keys"] as const].map(([keys, does]) => (
          <div key={keys} className="contents">
            <dt>
              <Key>{keys}</Key>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="flex min-h-11 items-center gap-2.5">
        <input type="checkbox" className="size-5" checked={active} onChange={(event) => onActive(event.currentTarget.checked)} />
        Single keys work here
      </label>
    </details>
  );
}

export function Key({ children }: { children: string }) {
  return (
    <kbd className="rounded-md border-[1.5px] border-current px-1.5 font-sans text-xs leading-5 font-semibold opacity-80 max-md:hidden">{children}</kbd>
  );
}
