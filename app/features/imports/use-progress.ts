import { useHref } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { ImportProgress } from "../../http/answers.ts";

const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 30_000;

/** An import as it stands now, while the page is open: what the page was loaded with, then what its stream tells. */
export function useProgress(loaded: ImportProgress): ImportProgress {
  const [told, setTold] = useState<{ of: ImportProgress; now: ImportProgress } | null>(null);
  const url = useHref(`/imports/${loaded.id}/progress`);
  const over = loaded.state === "over";
  useEffect(() => {
    if (over) return;
    return follow(url, (now) => setTold({ of: loaded, now }));
  }, [url, over, loaded]);
  return told?.of === loaded ? told.now : loaded;
}

/** Follows the stream until the import is over; comes back after an answer that ends it. The result ends it. */
function follow(url: string, tell: (progress: ImportProgress) => void): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  const connect = () => {
    source = new EventSource(url);
    source.onopen = () => (wait = FIRST_WAIT_MS);
    source.addEventListener("progress", ({ data }: MessageEvent<string>) => {
      const progress = JSON.parse(data) as ImportProgress;
      if (progress.state === "over") source.close();
      tell(progress);
    });
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
