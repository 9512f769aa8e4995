import type { Viewer } from "@clic/identity";
import { mayReadPeople } from "./rpiw.rules.ts";

/** A reference to a person, null where there is none or people are withheld from the viewer. */
export function person(
  viewer: Viewer,
  personId: string | null | undefined,
): { __typename: "Person"; id: string } | null {
  return personId == null || !mayReadPeople(viewer) ? null : { __typename: "Person", id: personId };
}
