/** In which worlds something holds: what inputs that nobody has given are there. */

/** A value of an input, as JSON has it. */
export type InputValue = string | number | boolean;

/** What an input is: a value, or any other than some; null, an empty text or collection are written as JSON. */
export type Condition =
  | InputValue
  | { readonly not: readonly (InputValue | null | readonly [] | Readonly<Record<string, never>>)[] };

/** Inputs by name, as Terraform writes them: `var.environment`, `terraform.workspace`, or the text of a condition. */
export type When = Readonly<Record<string, Condition>>;
