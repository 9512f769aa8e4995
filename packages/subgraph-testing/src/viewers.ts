import { deterministicGlobalId } from "@clic/global-id";
import { anonymousViewer, personViewer, systemViewer, type Viewer } from "@clic/identity";

const person = (key: string): string => deterministicGlobalId("Person", key);
const organisation = (key: string): string => deterministicGlobalId("Organisation", key);

/** A member of the organisation with this key (both ids deterministic, as in the demonstration set). */
export function member(key = "member", organisationKey = "demo-practice-1"): Viewer {
  return personViewer({ personId: person(key), organisationId: organisation(organisationKey), roles: ["MEMBER"] });
}

/** A lead of the organisation with this key. */
export function lead(key = "lead", organisationKey = "demo-practice-1"): Viewer {
  return personViewer({
    personId: person(key),
    organisationId: organisation(organisationKey),
    roles: ["MEMBER", "LEAD"],
  });
}

/** Somebody of the collaborative's office. */
export function office(key = "office"): Viewer {
  return personViewer({ personId: person(key), organisationId: organisation("CLIC"), roles: ["MEMBER", "OFFICE"] });
}

/** An analyst: everything but personal data. */
export function analyst(key = "analyst"): Viewer {
  return personViewer({ personId: person(key), organisationId: organisation("CLIC"), roles: ["ANALYST"] });
}

export const anonymous: Viewer = anonymousViewer;
export const system: Viewer = systemViewer("test");
