import { isRefusal, type Refusal, type RefusalCodeOf } from "./refusal.ts";

/** What a form shows after a mutation. */
export interface FormErrors<Field extends string> {
  /** What concerns the whole form; null when nothing does. */
  readonly form: string | null;
  /** What concerns one field of it. */
  readonly fields: { readonly [Name in Field]?: string };
}

type Places<Result> = { readonly [Code in RefusalCodeOf<Result>]?: string };

/**
 * A refusal as the state of a form: its message stands at the field that `places` names for its code, or else at the
 * form. What is no refusal leaves no error. `places` takes only codes that this mutation can answer with.
 */
export function formErrors<Result, const Placed extends Places<Result> = Record<never, never>>(
  result: Result,
  places?: Placed & { readonly [Code in Exclude<keyof Placed, RefusalCodeOf<Result>>]: never },
): FormErrors<Extract<Placed[keyof Placed], string>> {
  if (!isRefusal(result)) return { form: null, fields: {} };
  const { code, message } = result as unknown as Refusal;
  const field = new Map<string, unknown>(Object.entries(places ?? {})).get(code);
  if (typeof field !== "string") return { form: message, fields: {} };
  const fields: Record<string, string> = { [field]: message };
  return { form: null, fields };
}
