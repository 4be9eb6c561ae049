import type { ListedImport } from "../../http/answers.ts";
import { Section } from "../../ui/section.tsx";
import { ImportRow } from "../imports/import-row.tsx";
import { ChangeButton } from "./change-button.tsx";

interface ImportListProps {
  title: string;
  items: ListedImport[];
  none: string;
  /** What can be done with each. */
  can: ("retry" | "cancel")[];
}

/** Imports that stand alike, with what can be done about them. */
export function ImportList({ title, items, none, can }: ImportListProps) {
  return (
    <Section title={title}>
      {items.length > 0 ? (
        <ul className="border-t-2 border-ink">
          {items.map((one) => (
            <ImportRow key={one.id} one={one}>
              {one.error ? <p className="wrap-title text-[0.9375rem] text-danger">{one.error}</p> : null}
              {can.length > 0 ? (
                <div className="flex flex-wrap gap-2">
                  {can.map((intent) => (
                    <ChangeButton key={intent} intent={intent} id={one.id} of={one.name} />
                  ))}
                </div>
              ) : null}
            </ImportRow>
          ))}
        </ul>
      ) : (
        <p className="text-soft">{none}</p>
      )}
    </Section>
  );
}
