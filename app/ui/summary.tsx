import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

/** What opens further parts; its details are a `group`. */
export function Summary({ children }: { children: ReactNode }) {
  return (
    <summary className="inline-flex min-h-11 list-none items-center gap-1.5 font-semibold [&::-webkit-details-marker]:hidden">
      {children}
      <ChevronDown aria-hidden size={18} className="transition-transform group-open:rotate-180" />
    </summary>
  );
}
