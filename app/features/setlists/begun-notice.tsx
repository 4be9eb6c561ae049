import { Link } from "@remix-run/react";
import { Radio } from "lucide-react";
import type { ActualSetlist } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Leads to where each song is held against the votes while the show runs. */
export function BegunNotice({ slug, setlists }: { slug: string; setlists: ActualSetlist[] }) {
  const live = setlists.find(({ status, sets }) => status === "live" && sets.length > 0);
  if (!live) return null;
  const songs = live.sets.flatMap((set) => set.songs).filter(({ tape }) => !tape).length;
  return (
    <div className="mt-8">
      <Notice tone="marker" icon={<Radio aria-hidden size={22} />} title="They have begun">
        <p className="mb-3">{songs === 1 ? "One song is" : `${songs} songs are`} written down so far. See who called them, song by song.</p>
        <Button asChild>
          <Link to={`/shows/${slug}/results`}>Follow it live</Link>
        </Button>
      </Notice>
    </div>
  );
}
