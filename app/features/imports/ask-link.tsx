import { Link } from "@remix-run/react";
import { Plus } from "lucide-react";
import { Button } from "../../ui/button.tsx";

/** The way to ask for an artist who is not here; `name` is what was searched for. */
export function AskLink({ name, prominent }: { name: string | undefined; prominent?: boolean }) {
  const to = name ? `/artists/ask?name=${encodeURIComponent(name)}` : "/artists/ask";
  return (
    <Button asChild tone={prominent ? "marker" : "outline"}>
      <Link to={to}>
        <Plus aria-hidden size={18} />
        <span className="wrap-title">{prominent && name ? `Ask for “${name}”` : "Ask for an artist"}</span>
      </Link>
    </Button>
  );
}
