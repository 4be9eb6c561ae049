import { Ticket } from "lucide-react";
import type { ShowPage } from "../../http/answers.ts";
import { Button } from "../../ui/button.tsx";

/** Where tickets are sold. "sponsored", since whoever runs the site may earn by it. */
export function TicketLinks({ tickets }: { tickets: ShowPage["tickets"] }) {
  if (tickets.length === 0) return null;
  return (
    <div className="mt-5 flex flex-wrap gap-3 sm:mt-7">
      {tickets.map(({ provider, url, text }) => (
        <Button key={provider} asChild tone="outline" className="max-sm:px-4">
          <a href={url} rel="noopener nofollow sponsored">
            <Ticket aria-hidden size={20} className="max-sm:hidden" />
            {text}
          </a>
        </Button>
      ))}
    </div>
  );
}
