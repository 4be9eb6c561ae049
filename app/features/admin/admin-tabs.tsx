import { NavLink } from "@remix-run/react";

/** Between the pages of whoever runs the site. */
export function AdminTabs() {
  return (
    <nav aria-label="Admin" className="mb-8 flex flex-wrap gap-2">
      <Tab to="/admin/imports">Imports</Tab>
      <Tab to="/admin/jobs">Jobs and providers</Tab>
    </nav>
  );
}

function Tab({ to, children }: { to: string; children: string }) {
  return (
    <NavLink
      to={to}
      className="inline-flex min-h-11 items-center rounded-full border-[1.5px] border-edge px-5 font-semibold hover:border-ink aria-[current=page]:border-marker aria-[current=page]:bg-marker aria-[current=page]:text-on-marker"
    >
      {children}
    </NavLink>
  );
}
