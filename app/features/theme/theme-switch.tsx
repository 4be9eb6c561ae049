import { Form, useFetchers, useLocation } from "@remix-run/react";
import { Moon, Sun } from "lucide-react";

const FETCHER = "theme";

/** The theme just asked for, before the server has answered; null for the system's. */
export function usePendingTheme(): string | null | undefined {
  const asked = useFetchers()
    .find((fetcher) => fetcher.key === FETCHER)
    ?.formData?.get("theme");
  if (asked === undefined || asked === null) return undefined;
  return asked === "light" || asked === "dark" ? asked : null;
}

function ThemeForm({ children }: { children: React.ReactNode }) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/theme" navigate={false} fetcherKey={FETCHER} className="contents">
      <input type="hidden" name="next" value={pathname + search} />
      {children}
    </Form>
  );
}

const ROUND = "size-11 place-items-center rounded-full hover:bg-well";

/** One tap to the other theme. CSS shows the button that applies, so the server need not know. */
export function ThemeToggle() {
  return (
    <ThemeForm>
      <button
        name="theme"
        value="light"
        aria-label="Use the light theme"
        className={`to-light ${ROUND}`}
      >
        <Sun aria-hidden size={20} />
      </button>
      <button
        name="theme"
        value="dark"
        aria-label="Use the dark theme"
        className={`to-dark ${ROUND}`}
      >
        <Moon aria-hidden size={20} />
      </button>
    </ThemeForm>
  );
}

/** Gives the choice back to the system. */
export function SystemTheme() {
  return (
    <ThemeForm>
      <button name="theme" value="system" className="pen-link min-h-11">
        Follow my system’s theme
      </button>
    </ThemeForm>
  );
}
