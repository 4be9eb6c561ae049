type Value = string | number | null;

/** Columns (by field) of a record that stays which are empty there and known of the one that goes; null where there are none. */
export function filled<K extends string>(goes: { [F in K]: Value }, stays: { [F in K]: Value }, columns: { [F in K]: string }): Record<string, Value> | null {
  const fields = (Object.keys(columns) as K[]).filter((field) => stays[field] === null && goes[field] !== null);
  return fields.length === 0 ? null : Object.fromEntries(fields.map((field) => [columns[field], goes[field]]));
}
