/** Somebody the explorer can ask as. `anonymous` sends no token; the others are users of the development issuer. */
export interface Asker {
  readonly name: string;
  /** In a sentence: "ask as …". */
  readonly label: string;
  readonly sees: string;
}

export const anonymous: Asker = { name: "anonymous", label: "anybody", sees: "what is public" };

/** In the order of how much they see. A test holds them to the development issuer's own list. */
export const askers: readonly Asker[] = [
  anonymous,
  { name: "partner", label: "a partner", sees: "what is public, and the schema" },
  { name: "member", label: "a member of staff", sees: "their own bookings and enrolments" },
  { name: "secondee", label: "a secondee", sees: "what a member and a facilitator sees, for two organisations" },
  { name: "lead", label: "a practice lead", sees: "their organisation's people, requests and sites" },
  { name: "analyst", label: "an analyst", sees: "every row, and no personal data" },
  { name: "office", label: "the office", sees: "everything operational" },
];

/** Who sees most: whom to ask as when something is withheld. */
export const seesMost = "office";

export function askerNamed(name: string): Asker {
  return askers.find((asker) => asker.name === name) ?? { name, label: name, sees: "what their token allows" };
}
