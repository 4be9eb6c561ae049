import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type { ShouldRevalidateFunctionArgs } from "@remix-run/react";
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useHref,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { ReactNode } from "react";
import bricolage from "@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2?url";
import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { ErrorPage, errorTitle } from "./features/site/error-page.tsx";
import { DemoBanner, Footer } from "./features/site/footer.tsx";
import { head } from "./features/site/head.ts";
import { Header } from "./features/site/header.tsx";
import { hidesSpoilers } from "./features/spoilers/spoiler-cookie.ts";
import { usePendingTheme } from "./features/theme/theme-switch.tsx";
import { themeOf } from "./features/theme/theme-cookie.ts";
import { changesBallot } from "./features/voting/vote-answer.ts";
import { useNonce } from "./ui/nonce.tsx";
import { ToastProvider } from "./ui/toast.tsx";
import "./styles.css";

/** Not by `links`, which cannot ask where the site begins. */
function SiteLinks() {
  const font = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "anonymous" } as const;
  return (
    <>
      <link {...font} href={useHref(bricolage)} />
      <link {...font} href={useHref(inter)} />
      <link rel="icon" href={useHref("/favicon.svg")} type="image/svg+xml" />
    </>
  );
}

export const meta: MetaFunction = ({ error }) =>
  error ? head(errorTitle(error), "This page could not be shown.") : [];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { actor, demo } = context;
  const viewer = actor && {
    displayName: actor.displayName,
    admin: actor.role === "admin",
    moderator: actor.role !== "user",
  };
  return { viewer, demo, theme: await themeOf(request), hidesSpoilers: await hidesSpoilers(request) };
}

/** Neither a change of a ballot, nor a setlist that is saved, nor a page that refreshes itself changes what is around the page. */
export function shouldRevalidate(change: ShouldRevalidateFunctionArgs): boolean {
  const { formData, currentUrl, nextUrl } = change;
  // A setlist is saved as JSON, without a form.
  const refresh = !formData && currentUrl.href === nextUrl.href;
  return refresh || (formData && changesBallot(formData)) ? false : change.defaultShouldRevalidate;
}

const STAGE = "#121016";
const PAPER = "#faf4e6";

function ThemeColor({ theme }: { theme: string | null }) {
  if (theme) return <meta name="theme-color" content={theme === "dark" ? STAGE : PAPER} />;
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={PAPER} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={STAGE} />
    </>
  );
}

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const pending = usePendingTheme();
  const theme = pending === undefined ? (data?.theme ?? null) : pending;
  const nonce = useNonce();
  return (
    <html lang="en" data-theme={theme ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        {import.meta.env.DEV ? (
          <meta property="csp-nonce" nonce={nonce} suppressHydrationWarning />
        ) : null}
        <ThemeColor theme={theme} />
        <Meta />
        <Links />
        <SiteLinks />
      </head>
      <body>
        <a
          href="#main"
          className="absolute top-2 left-2 z-50 -translate-y-24 rounded-full bg-marker px-5 py-3 font-semibold text-on-marker focus:translate-y-0"
        >
          Skip to the content
        </a>
        {data?.demo ? <DemoBanner /> : null}
        <ToastProvider>
          <Header viewer={data?.viewer ?? null} />
          <main
            id="main"
            tabIndex={-1}
            className="mx-auto max-w-7xl px-4 pt-8 outline-none sm:px-6 sm:pt-12 lg:px-8"
          >
            {children}
          </main>
          <Footer admin={data?.viewer?.admin ?? false} hidesSpoilers={data?.hidesSpoilers ?? false} />
        </ToastProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage error={useRouteError()} />;
}
