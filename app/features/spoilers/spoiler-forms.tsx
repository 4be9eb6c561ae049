import { Form, useLocation } from "@remix-run/react";
import { Eye, EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";

function Back() {
  const { pathname, search } = useLocation();
  return <input type="hidden" name="next" value={pathname + search} />;
}

/** Hides what was played lately all over the site, or shows it again; for this browser. */
export function SpoilerSwitch({ hidden }: { hidden: boolean }) {
  const Icon = hidden ? Eye : EyeOff;
  return (
    <Form method="post" action="/spoilers" className="contents">
      <Back />
      <button name="spoilers" value={hidden ? "shown" : "hidden"} className="pen-link inline-flex min-h-11 items-center gap-2">
        <Icon aria-hidden size={18} />
        {hidden ? "Show spoilers again" : "Hide spoilers"}
      </button>
    </Form>
  );
}

/** What the hiding covers, and what it does not. */
export function SpoilerCover() {
  return (
    <p className="text-[0.875rem] text-soft">
      Hidden: what was played in the last seven days, statistics that have it, and why songs are forecast. Not hidden: how likely songs are, and how many of
      a show’s were called right.
    </p>
  );
}

/** Stands where something is hidden, and shows it for the rest of the visit. */
export function Concealed({ showId, children }: { showId: number; children: string }) {
  return (
    <Hidden why={children}>
      <Form method="post" action="/spoilers">
        <Back />
        <input type="hidden" name="show" value={showId} />
        <Button name="played" value="shown">
          Show what they played
        </Button>
      </Form>
    </Hidden>
  );
}

/** Says that something is hidden and why, with what shows it. */
export function Hidden({ why, children }: { why: string; children: ReactNode }) {
  return (
    <div className="rounded-card border-[1.5px] border-dashed border-edge px-6 py-10 text-center">
      <p className="flex items-center justify-center gap-3 font-display text-2xl font-bold">
        <EyeOff aria-hidden size={24} className="shrink-0" />
        Hidden, as you asked
      </p>
      <p className="mx-auto mt-2 max-w-md text-soft">{why}</p>
      <div className="mt-5 flex justify-center">{children}</div>
      <div className="mt-3">
        <SpoilerSwitch hidden />
      </div>
    </div>
  );
}
