import { numberedGlobalId } from "@clic/global-id";
import {
  dayFromReference,
  kindOfOrganisation,
  organisationIdAtScale,
  personAtScale,
  type Scale,
} from "@clic/seed-data";

/** Ids leave room for so many memberships of one person, as Organisations' do. */
const mostMemberships = 3;

/** Who belongs where, row for row as Organisations' own data at scale has it; a test of the whole compares the two. */
export function* membershipsAtScale(scale: Scale): Generator<object> {
  for (let number = 0; number < scale.people; number++) {
    const person = personAtScale(scale, number);
    const { since, formerEmployer, otherEmployer } = person;
    const row = (place: number, organisation: number, more: object): object => ({
      id: numberedGlobalId("Membership", number * mostMemberships + place),
      organisationId: organisationIdAtScale(organisation),
      organisationKind: kindOfOrganisation(organisation),
      personId: person.id,
      roles: place === 0 ? person.roles : ["MEMBER"],
      status: "ACTIVE",
      startsOn: since,
      endsOn: null,
      source: "DEMO",
      ...more,
    });
    yield row(0, person.employer, {});
    if (formerEmployer !== null)
      yield row(1, formerEmployer, { status: "LEFT", startsOn: dayFromReference(-2_400), endsOn: dayBefore(since) });
    if (otherEmployer !== null) yield row(2, otherEmployer, {});
  }
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
