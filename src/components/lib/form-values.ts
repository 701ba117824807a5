/** A form's text fields by name. Empty optional ones may be left out by naming them. */
export function formValues(form: HTMLFormElement, ...optional: string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue;
    if (value.trim() === "" && optional.includes(name)) continue;
    values[name] = value;
  }
  return values;
}
