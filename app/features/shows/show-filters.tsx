import { Form, Link, useSearchParams } from "@remix-run/react";
import { Button } from "../../ui/button.tsx";
import { Choice, Field } from "../../ui/field.tsx";

/** Narrows and orders the list of shows; a GET form, so the address says what is shown. */
export function ShowFilters() {
  const [params] = useSearchParams();
  const value = (name: string) => params.get(name) ?? "";
  const narrowed = ["artist", "from", "to", "sort"].some((name) => value(name) !== "");
  return (
    <Form
      key={params.toString()}
      method="get"
      className="mb-8 grid grid-cols-2 items-end gap-3 sm:grid-cols-[repeat(3,minmax(0,1fr))_auto_auto] lg:max-w-4xl"
    >
      {value("artist") ? <input type="hidden" name="artist" value={value("artist")} /> : null}
      <Field label="From" name="from" type="date" defaultValue={value("from")} />
      <Field label="To" name="to" type="date" defaultValue={value("to")} />
      <Choice
        label="Order"
        name="sort"
        defaultValue={value("sort") || "date"}
        className="max-sm:col-span-2"
      >
        <option value="date">By date</option>
        <option value="votes">Most votes first</option>
      </Choice>
      <Button tone="outline" className="min-h-12 max-sm:col-span-2">
        Show
      </Button>
      {narrowed ? (
        <Link to="/shows" className="pen-link flex min-h-12 items-center">
          Show all
        </Link>
      ) : null}
    </Form>
  );
}
