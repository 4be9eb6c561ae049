import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";

/** What single keys do, by the key's name as browsers tell it. */
export type Keys = Record<string, () => void>;

const TYPED_INTO = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
/** Here arrows have a meaning of their own. */
const MOVED_IN = "input, textarea, select, [contenteditable]";

/** Before anything of the new page is seen, so that no press meets what the last one showed; the server has no layout. */
const useBeforeSeen = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * Lets single keys do things: not while somebody types into a field, with a modifier held, or as long as a key is held
 * down. Each press counts once and for what is shown when it comes.
 */
export function useKeys(keys: Keys, active: boolean): void {
  const latest = useRef(keys);
  useBeforeSeen(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(event.key.startsWith("Arrow") ? MOVED_IN : TYPED_INTO)) return;
      const act = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [active]);
}

const KEPT_AS = "theset-keys";

const watching = new Set<() => void>();
/** What was chosen where the browser keeps nothing. */
let unkept = true;

/** Whether the viewer wants single keys, kept in the browser. */
export function useKeysWanted(): [boolean, (wanted: boolean) => void] {
  return [useSyncExternalStore(watch, areWanted, () => true), keep];
}

function areWanted(): boolean {
  const kept = store();
  return kept ? kept.getItem(KEPT_AS) !== "off" : unkept;
}

function keep(wanted: boolean): void {
  unkept = wanted;
  store()?.setItem(KEPT_AS, wanted ? "on" : "off");
  for (const tell of watching) tell();
}

/** Other windows tell by themselves. */
function watch(tell: () => void): () => void {
  watching.add(tell);
  addEventListener("storage", tell);
  return () => {
    watching.delete(tell);
    removeEventListener("storage", tell);
  };
}

/** Null where the viewer lets sites keep nothing. */
function store(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
