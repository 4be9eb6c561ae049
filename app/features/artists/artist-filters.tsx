import { Form, useSearchParams } from "@remix-run/react";
import { Button } from "../../ui/button.tsx";
import { Choice, Field } from "../../ui/field.tsx";

export function ArtistFilters({ genres }: { genres: string[] }) {
  const [params] = useSearchParams();
  return (
    <Form
      key={params.toString()}
      method="get"
      role="search"
      className="mb-8 grid items-end gap-3 sm:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_auto] lg:max-w-3xl"
    >
      <Field
        label="Name"
        name="query"
        type="search"
        maxLength={100}
        defaultValue={params.get("query") ?? ""}
      />
      <Choice label="Genre" name="genre" defaultValue={params.get("genre") ?? ""}>
        <option value="">All genres</option>
        {genres.map((genre) => (
          <option key={genre}>{genre}</option>
        ))}
      </Choice>
      <Button tone="outline" className="min-h-12">
        Search
      </Button>
    </Form>
  );
}
