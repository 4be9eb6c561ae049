import type { RefObject } from "react";
import { useEffect, useLayoutEffect, useRef } from "react";

const useBeforePaint = typeof document === "undefined" ? useEffect : useLayoutEffect;

/**
 * Lets the children of a list glide to their new places when their order changes.
 * Children are told apart by `data-flip`; nothing moves for a viewer who asked for less motion.
 */
export function useFlip(list: RefObject<HTMLElement | null>, order: readonly number[]): void {
  const places = useRef(new Map<string, number>());
  const key = order.join();
  useBeforePaint(() => {
    const before = places.current;
    places.current = measure(list.current);
    if (before.size === 0 || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const child of childrenOf(list.current)) glide(child, before, places.current);
  }, [key, list]);
}

function childrenOf(list: HTMLElement | null): HTMLElement[] {
  return list ? [...list.querySelectorAll<HTMLElement>(":scope > [data-flip]")] : [];
}

function measure(list: HTMLElement | null): Map<string, number> {
  return new Map(childrenOf(list).map((child) => [child.dataset.flip ?? "", child.offsetTop]));
}

function glide(child: HTMLElement, before: Map<string, number>, after: Map<string, number>): void {
  const name = child.dataset.flip ?? "";
  const from = before.get(name);
  const to = after.get(name);
  if (from === undefined || to === undefined || from === to) return;
  child.animate([{ transform: `translateY(${from - to}px)` }, { transform: "none" }], {
    duration: 420,
    easing: "cubic-bezier(0.2, 0.8, 0.2, 1)",
  });
}
