import { Form, Link, NavLink } from "@remix-run/react";
import { CircleUserRound, LogOut, ShieldCheck, SlidersHorizontal } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { ThemeToggle } from "../theme/theme-switch.tsx";
import { Wordmark } from "./wordmark.tsx";

export interface Viewer {
  displayName: string;
  admin: boolean;
  moderator: boolean;
}

export function Header({ viewer }: { viewer: Viewer | null }) {
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex h-16 max-w-7xl items-center gap-0.5 px-4 sm:gap-2 sm:px-6 lg:px-8">
        <Link
          to="/"
          className="mr-auto flex min-h-11 items-center sm:mr-6"
          aria-label="TheSet, home"
        >
          <Wordmark />
        </Link>
        <nav aria-label="Main" className="flex sm:mr-auto">
          <MainLink to="/shows">Shows</MainLink>
          <MainLink to="/artists">Artists</MainLink>
          <MainLink to="/leaderboards" wide>
            Leaderboards
          </MainLink>
        </nav>
        <ThemeToggle />
        {viewer ? <Account viewer={viewer} /> : <SignInLinks />}
      </div>
    </header>
  );
}

interface MainLinkProps {
  to: string;
  children: string;
  /** Only where there is room; on a phone it is at the foot of the page. */
  wide?: true;
}

function MainLink({ to, children, wide }: MainLinkProps) {
  return (
    <NavLink
      to={to}
      className={`${wide ? "hidden md:flex" : "flex"} min-h-11 items-center rounded-full px-2 font-semibold underline-offset-8 decoration-marker-deep decoration-[3px] hover:bg-well aria-[current=page]:underline sm:px-4`}
    >
      {children}
    </NavLink>
  );
}

function Account({ viewer }: { viewer: Viewer }) {
  return (
    <>
      {viewer.admin ? (
        <NavLink
          to="/admin/imports"
          title="Admin"
          aria-label="Admin"
          className="grid size-11 shrink-0 place-items-center rounded-full hover:bg-well max-sm:hidden"
        >
          <SlidersHorizontal aria-hidden size={20} />
        </NavLink>
      ) : null}
      {viewer.moderator ? (
        <NavLink
          to="/moderation"
          title="Moderation"
          aria-label="Moderation"
          className="grid size-11 shrink-0 place-items-center rounded-full hover:bg-well"
        >
          <ShieldCheck aria-hidden size={20} />
        </NavLink>
      ) : null}
      <NavLink
        to="/account"
        className="flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full font-semibold hover:bg-well sm:px-3"
      >
        <CircleUserRound aria-hidden size={22} />
        <span dir="auto" className="max-w-40 truncate max-sm:sr-only">
          {viewer.displayName}
        </span>
        <span className="sr-only">, my account</span>
      </NavLink>
      <Form method="post" action="/sign-out" className="max-sm:hidden">
        <button
          className="grid size-11 place-items-center rounded-full hover:bg-well"
          aria-label="Sign out"
          title="Sign out"
        >
          <LogOut aria-hidden size={20} />
        </button>
      </Form>
    </>
  );
}

function SignInLinks() {
  return (
    <>
      <Button asChild tone="quiet" className="px-2 whitespace-nowrap sm:px-4">
        <Link to="/sign-in">Sign in</Link>
      </Button>
      <Button asChild className="max-sm:hidden">
        <Link to="/sign-up">Sign up</Link>
      </Button>
    </>
  );
}
