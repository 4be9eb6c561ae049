import { useHref } from "@remix-run/react";
import { Link2, Share2 } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { useHydrated } from "../../ui/hydrated.ts";
import { useToast } from "../../ui/toast.tsx";

/** Hands the page's address on: by the system's own sheet, else to the clipboard; a plain link where neither is there. */
export function ShareLink({ path, title }: { path: string; title: string }) {
  const href = useHref(path);
  const tell = useToast();
  const able = useHydrated() && (typeof navigator.share === "function" || navigator.clipboard !== undefined);
  if (!able) {
    return (
      <Button asChild tone="outline">
        <a href={href}>
          <Link2 aria-hidden size={18} /> Link to these results
        </a>
      </Button>
    );
  }
  const share = async () => {
    const url = new URL(href, location.href).href;
    if (typeof navigator.share === "function") return navigator.share({ title, url });
    await navigator.clipboard.writeText(url);
    tell("Link copied", url);
  };
  const failed = (error: unknown) => {
    // Whoever closes the sheet has changed their mind.
    if ((error as Error).name !== "AbortError") tell("The link could not be shared", "Copy it from the address bar.");
  };
  return (
    <Button tone="outline" onClick={() => void share().catch(failed)}>
      <Share2 aria-hidden size={18} /> Share
    </Button>
  );
}
