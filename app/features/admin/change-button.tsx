import { Form, useNavigation } from "@remix-run/react";
import { Button } from "../../ui/button.tsx";

interface ChangeButtonProps {
  intent: "retry" | "cancel";
  id: number;
  /** What it is done to, for those who hear the page. */
  of: string;
}

const WORDS = { retry: "Try again", cancel: "Cancel" };

/** Lets an import or a job go on, or stops it. */
export function ChangeButton({ intent, id, of }: ChangeButtonProps) {
  const busy = useNavigation().state === "submitting";
  return (
    <Form method="post">
      <input type="hidden" name="id" value={id} />
      <Button name="intent" value={intent} tone={intent === "cancel" ? "danger" : "outline"} disabled={busy}>
        {WORDS[intent]} <span className="sr-only">{of}</span>
      </Button>
    </Form>
  );
}
