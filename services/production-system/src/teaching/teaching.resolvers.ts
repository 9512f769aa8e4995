import { listRows, mutate, once, present, type Slice } from "@clic/subgraph-kit";
import { dayOf } from "../calendar/day.rules.ts";
import { facultyMemberships } from "../faculty/faculty-membership.entity.ts";
import type { Resolvers } from "../generated/resolvers.ts";
import { rpiwReference } from "../rpiw/refer-to-rpiw.ts";
import { recordTeaching } from "./record-teaching.ts";
import { teachingRecords } from "./teaching-record.entity.ts";
import { teachingRecordList } from "./teaching.list.ts";
import { teachingRefusals } from "./teaching.refusals.ts";

const resolvers: Resolvers = {
  Query: {
    teachingRecord: (_, { id }, context) => teachingRecords.byId(context, id),
    teachingRecords: (_, args, context) => listRows(context, teachingRecordList, args),
  },
  TeachingRecord: {
    __resolveReference: ({ id }, context) => teachingRecords.byId(context, id),
    membership: ({ membershipId }, _, context) => present(facultyMemberships.byId(context, membershipId)),
    event: ({ eventId }) => (eventId == null ? null : { __typename: "Event", id: eventId }),
    rpiw: ({ rpiwId }, _, context) => (rpiwId == null ? null : rpiwReference(context, rpiwId)),
    recordedBy: ({ recordedById }) => (recordedById == null ? null : { __typename: "Person", id: recordedById }),
  },
  Mutation: {
    recordTeaching: (_, { input }, context) =>
      mutate(context, teachingRecords, (useCase) =>
        once(useCase, { mutation: "recordTeaching", input }, (inner) =>
          recordTeaching(inner, { ...input, on: dayOf(input.on) }),
        ),
      ),
  },
};

export const teachingSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [teachingRecordList],
  refusals: teachingRefusals,
};
