import { useRef, type KeyboardEvent, type PointerEvent } from "react";

interface Drag {
  list: React.RefObject<HTMLElement>;
  /** Lines of the list. */
  count: number;
  /** A line goes to another place while it is held. */
  onMove: (at: number, to: number) => void;
  onDrop: () => void;
}

/** What the handle of a line does: drags it by finger or mouse, and moves it by the arrow keys. */
export function useDrag({ list, count, onMove, onDrop }: Drag) {
  const held = useRef<number | null>(null);
  const lines = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-line]") ?? [])];
  const drop = () => {
    if (held.current === null) return;
    held.current = null;
    onDrop();
  };
  const step = (at: number, to: number) => {
    if (to < 0 || to >= count) return;
    onMove(at, to);
    held.current = to;
  };
  return (at: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      // The list keeps the pointer: the handle that was pressed may be another line's by then.
      list.current?.setPointerCapture(event.pointerId);
      held.current = at;
      event.preventDefault();
      const move = ({ clientY }: globalThis.PointerEvent) => {
        if (held.current === null) return;
        const to = placeAt(lines(), held.current, clientY);
        if (to !== held.current) step(held.current, to);
      };
      const end = () => {
        list.current?.removeEventListener("pointermove", move);
        drop();
      };
      list.current?.addEventListener("pointermove", move);
      list.current?.addEventListener("pointerup", end, { once: true });
      list.current?.addEventListener("pointercancel", end, { once: true });
    },
    onKeyDown: (event: KeyboardEvent) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const to = at + by;
      step(at, to);
      drop();
      requestAnimationFrame(() => lines()[Math.max(0, Math.min(count - 1, to))]?.querySelector<HTMLElement>("[data-handle]")?.focus());
    },
  });
}

/** The place next to a line that a pointer is past the middle of. */
function placeAt(lines: HTMLElement[], at: number, y: number): number {
  const middle = (line: HTMLElement | undefined) => {
    const box = line?.getBoundingClientRect();
    return box ? box.top + box.height / 2 : null;
  };
  const [above, below] = [middle(lines[at - 1]), middle(lines[at + 1])];
  if (above !== null && y < above) return at - 1;
  if (below !== null && y > below) return at + 1;
  return at;
}
