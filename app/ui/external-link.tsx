import { ArrowUpRight } from "lucide-react";

interface ExternalLinkProps {
  href: string;
  /** Beside "noopener". */
  rel?: string;
  children: string;
}

/** A link away from the site. */
export function ExternalLink({ href, rel, children }: ExternalLinkProps) {
  return (
    <a href={href} rel={rel ? `noopener ${rel}` : "noopener"} className="pen-link inline-flex min-h-11 items-center gap-1">
      {children}
      <ArrowUpRight aria-hidden size={18} className="shrink-0" />
    </a>
  );
}
