import { listRows, listUnder, mutate, type Slice } from "@clic/subgraph-kit";
import { dayAt } from "../calendar/day.rules.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { teachingRecordList } from "../teaching/teaching.list.ts";
import { accreditFaculty } from "./accredit-faculty.ts";
import { assignCoach } from "./assign-coach.ts";
import { facultyMemberships } from "./faculty-membership.entity.ts";
import { facultyMembershipList } from "./faculty.list.ts";
import { facultyRefusals } from "./faculty.refusals.ts";
import { facultyStatus } from "./faculty.rules.ts";
import { leaveFaculty } from "./leave-faculty.ts";
import { nominateForFaculty } from "./nominate-for-faculty.ts";
import { renewFaculty } from "./renew-faculty.ts";

const resolvers: Resolvers = {
  Query: {
    facultyMembership: (_, { id }, context) => facultyMemberships.byId(context, id),
    facultyMemberships: (_, args, context) => listRows(context, facultyMembershipList, args),
  },
  FacultyMembership: {
    __resolveReference: ({ id }, context) => facultyMemberships.byId(context, id),
    person: ({ personId }) => ({ __typename: "Person", id: personId }),
    organisation: ({ organisationId }) =>
      organisationId == null ? null : { __typename: "Organisation", id: organisationId },
    coach: ({ coachId }) => (coachId == null ? null : { __typename: "Person", id: coachId }),
    status: (membership, _, { now }) => facultyStatus(membership, dayAt(now)),
    since: ({ accreditedOn }) => accreditedOn,
    teachingRecords: ({ id }, args, context) =>
      listUnder(context, teachingRecordList, args, { property: "membershipId" }, id),
  },
  Mutation: {
    nominateForFaculty: (_, { input }, context) =>
      mutate(context, facultyMemberships, (useCase) => nominateForFaculty(useCase, input)),
    assignCoach: (_, { input }, context) =>
      mutate(context, facultyMemberships, (useCase) => assignCoach(useCase, input)),
    accreditFaculty: (_, { input }, context) =>
      mutate(context, facultyMemberships, (useCase) => accreditFaculty(useCase, input)),
    renewFaculty: (_, { input }, context) =>
      mutate(context, facultyMemberships, (useCase) => renewFaculty(useCase, input)),
    leaveFaculty: (_, { input }, context) =>
      mutate(context, facultyMemberships, (useCase) => leaveFaculty(useCase, input)),
  },
};

export const facultySlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [facultyMembershipList],
  refusals: facultyRefusals,
};
