import { isRouteErrorResponse, Link, useLocation } from "@remix-run/react";
import { Button } from "../../ui/button.tsx";
import { PosterArt } from "../../ui/poster/poster.tsx";

interface Words {
  title: string;
  text: string;
}

const WORDS: Record<number, Words> = {
  400: {
    title: "That address doesn’t add up",
    text: "Something in it could not be read. Check it, or start from the shows.",
  },
  401: { title: "Sign in first", text: "This page is for signed-in fans." },
  403: { title: "Crew only", text: "Your account may not open this page or do this." },
  404: {
    title: "Not on the setlist",
    text: "There is no page at this address. It may have moved, or the link has a typo.",
  },
  405: { title: "Wrong cue", text: "This page can’t be used that way. Go back and try again." },
  410: {
    title: "This one has left the building",
    text: "The page was here once and has been taken down for good.",
  },
  413: {
    title: "Too heavy for the van",
    text: "What was sent is too large. Shorten it and try again.",
  },
  429: {
    title: "Easy on the tempo",
    text: "That was a lot of requests in a short time. Wait a minute, then try again.",
  },
  500: {
    title: "A string snapped",
    text: "Something went wrong on our side. It has been noted; trying again often helps.",
  },
  503: {
    title: "Full house",
    text: "The site is very busy right now. Give it a few seconds and try again.",
  },
};

const OFFLINE: Words = {
  title: "No signal",
  text: "You seem to be offline. Your page is safe; try again once you are connected.",
};

function wordsFor(status: number, message: string | null): Words {
  const words = WORDS[status] ?? (status >= 500 ? WORDS[500] : WORDS[400]) ?? OFFLINE;
  return { title: words.title, text: message ?? words.text };
}

/** The server's own sentence, where it sent one for people to read. */
function messageOf(error: unknown): string | null {
  if (!isRouteErrorResponse(error) || error.status === 404) return null;
  const data = error.data as { message?: unknown } | null;
  return typeof data?.message === "string" ? data.message : null;
}

function isOffline(error: unknown): boolean {
  return (
    typeof navigator !== "undefined" && navigator.onLine === false && error instanceof TypeError
  );
}

export function ErrorPage({ error }: { error: unknown }) {
  const { pathname, search } = useLocation();
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const { title, text } = isOffline(error) ? OFFLINE : wordsFor(status, messageOf(error));
  const again = status === 429 || status >= 500;
  return (
    <div className="grid items-center gap-10 py-6 sm:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] sm:py-16">
      <div>
        <p className="font-display text-lg font-bold text-soft">
          {isOffline(error) ? "Offline" : `Error ${status}`}
        </p>
        <h1 className="mt-2 text-5xl leading-[0.95] font-extrabold tracking-[-0.03em] sm:text-7xl">
          {title}
        </h1>
        <p className="mt-5 max-w-xl text-lg leading-relaxed text-soft">{text}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          {again ? (
            <Button asChild>
              <a href={pathname + search}>Try again</a>
            </Button>
          ) : null}
          <Button asChild tone={again ? "outline" : "marker"}>
            <Link to="/shows">See the shows</Link>
          </Button>
        </div>
      </div>
      <div
        aria-hidden
        className="aspect-[4/5] rotate-3 overflow-hidden rounded-card shadow-poster max-sm:hidden"
      >
        <PosterArt name={title} />
      </div>
    </div>
  );
}

/** The tab's title for an error. */
export function errorTitle(error: unknown): string {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  return wordsFor(status, null).title;
}
