import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";
import { useId } from "react";

const CONTROL =
  "block min-h-12 w-full min-w-0 rounded-xl border-[1.5px] border-edge bg-sheet px-3.5 text-base text-ink placeholder:text-soft hover:border-ink aria-invalid:border-danger";

interface Labelled {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

type FieldProps = Labelled & InputHTMLAttributes<HTMLInputElement>;

export function Field({ label, hint, error, className = "", ...input }: FieldProps) {
  const id = useId();
  const told = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        className={CONTROL}
        aria-invalid={error ? true : undefined}
        aria-describedby={told || undefined}
        {...input}
      />
      {hint ? (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-soft">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-sm font-semibold text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}

type ChoiceProps = Omit<Labelled, "hint" | "error"> & SelectHTMLAttributes<HTMLSelectElement>;

export function Choice({ label, className = "", children, ...select }: ChoiceProps) {
  const id = useId();
  return (
    <div className={`min-w-0 ${className}`}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-semibold">
        {label}
      </label>
      <select id={id} className={CONTROL} {...select}>
        {children}
      </select>
    </div>
  );
}
