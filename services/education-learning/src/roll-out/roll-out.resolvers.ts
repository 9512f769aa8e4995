import { listRows, listUnder, mutate, present, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { courses } from "../course/course.entity.ts";
import { changeSiteStatus, recordSiteUsers } from "./change-site.ts";
import { inviteSite } from "./invite-site.ts";
import { liveSites } from "./live-sites.ts";
import { rollOuts, rollOutSites } from "./roll-out.entity.ts";
import { rollOutList, rollOutSiteList } from "./roll-out.list.ts";
import { rollOutRefusals } from "./roll-out.refusals.ts";
import { adoption } from "./roll-out.rules.ts";

const resolvers: Resolvers = {
  Query: {
    rollOut: (_, { id }, context) => rollOuts.byId(context, id),
    rollOutSites: (_, args, context) => listRows(context, rollOutSiteList, args),
    rollOuts: (_, args, context) => listRows(context, rollOutList, args),
  },
  Mutation: {
    inviteSite: (_, { input }, context) => mutate(context, rollOutSites, (useCase) => inviteSite(useCase, input)),
    changeSiteStatus: (_, { input }, context) =>
      mutate(context, rollOutSites, (useCase) => changeSiteStatus(useCase, input)),
    recordSiteUsers: (_, { input }, context) =>
      mutate(context, rollOutSites, (useCase) => recordSiteUsers(useCase, input)),
  },
  RollOut: {
    __resolveReference: ({ id }, context) => rollOuts.byId(context, id),
    initiative: ({ workItemId }) => ({ __typename: "LearningInitiative", id: workItemId }),
    course: ({ courseId }, _, context) => (courseId == null ? null : courses.byId(context, courseId)),
    adopted: ({ id }, _, context) => liveSites(context, id),
    adoption: async ({ id, target }, _, context) => adoption(await liveSites(context, id), target ?? null),
    sites: ({ id }, args, context) => listUnder(context, rollOutSiteList, args, { property: "rollOutId" }, id),
  },
  RollOutSite: {
    __resolveReference: ({ id }, context) => rollOutSites.byId(context, id),
    rollOut: ({ rollOutId }, _, context) => present(rollOuts.byId(context, rollOutId)),
    organisation: ({ organisationId }) => ({ __typename: "Organisation", id: organisationId }),
  },
};

export const rollOutSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [rollOutList, rollOutSiteList],
  refusals: rollOutRefusals,
};
