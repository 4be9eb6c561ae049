/** A text field as typed, without the white space around it. */
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** A field exactly as typed: white space is part of a password. */
export function secret(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** A numeric field; NaN, which every procedure refuses, when it is none. */
export function number(form: FormData, name: string): number {
  const value = text(form, name);
  return value === "" ? Number.NaN : Number(value);
}

/** The query's value, or undefined when it is absent or empty. */
export function queried(request: Request, name: string): string | undefined {
  return new URL(request.url).searchParams.get(name)?.trim() || undefined;
}
