import { SearchCheck } from "lucide-react";
import { Notice } from "../../ui/notice.tsx";

/** Tells a fan that their votes on a show are in quarantine. */
export function HeldNotice() {
  return (
    <div className="mt-6">
      <Notice
        tone="marker"
        icon={<SearchCheck aria-hidden size={22} />}
        title="Your votes here are being checked"
      >
        They look much like those of other accounts, so a moderator is looking at them. They don’t
        count in the tally yet. Nothing is lost: you can go on voting, and once they are cleared all
        of them count.
      </Notice>
    </div>
  );
}
