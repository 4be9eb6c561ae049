import type { FormError } from "../../http/errors.ts";
import { Notice } from "../../ui/notice.tsx";

/** Why the form was turned down, read out at once. */
export function Problem({ problem }: { problem: FormError | undefined }) {
  if (!problem) return null;
  return (
    <div className="mb-5">
      <Notice tone="danger" alert>
        {problem.message}
      </Notice>
    </div>
  );
}
