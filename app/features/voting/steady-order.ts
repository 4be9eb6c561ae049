import type { RefObject } from "react";
import { useEffect, useRef, useState } from "react";

/** How long rows stay put after the fan last did something in the list, in ms. */
const HOLD_MS = 1_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "focusin"] as const;

/**
 * The order in which rows are shown: the ranking, except that nothing moves under a finger or a
 * key that was in the list within the last second.
 */
export function useSteadyOrder(
  list: RefObject<HTMLElement | null>,
  ranking: readonly number[],
): number[] {
  const [order, setOrder] = useState<readonly number[]>(ranking);
  const heldUntil = useRef(0);
  const key = ranking.join();

  useEffect(() => {
    const hold = () => {
      heldUntil.current = performance.now() + HOLD_MS;
    };
    const node = list.current;
    for (const touch of TOUCHES) node?.addEventListener(touch, hold, { passive: true });
    return () => {
      for (const touch of TOUCHES) node?.removeEventListener(touch, hold);
    };
  }, [list]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const settle = () => {
      const wait = heldUntil.current - performance.now();
      if (wait > 0) timer = setTimeout(settle, wait + 20);
      else setOrder(key === "" ? [] : key.split(",").map(Number));
    };
    settle();
    return () => clearTimeout(timer);
  }, [key]);

  return withComings(order, ranking);
}

/** The held order with songs that have gone left out and new ones at the end. */
function withComings(order: readonly number[], ranking: readonly number[]): number[] {
  const present = new Set(ranking);
  const held = order.filter((id) => present.has(id));
  const placed = new Set(held);
  return [...held, ...ranking.filter((id) => !placed.has(id))];
}
