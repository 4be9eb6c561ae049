import { Link, useSearchParams } from "@remix-run/react";
import { Button } from "../../ui/button.tsx";
import { Hidden } from "../spoilers/spoiler-forms.tsx";
import { showingAnyway } from "./shown-anyway.ts";

/** Stands for figures that would tell what was played lately. */
export function ConcealedFigures() {
  const [asked] = useSearchParams();
  return (
    <Hidden why="These figures have what was played in the last seven days.">
      <Button asChild>
        <Link to={showingAnyway(asked)}>Show them anyway</Link>
      </Button>
    </Hidden>
  );
}
