import { type GraphContext, isRefusal, listRows, listUnder, type ListArguments, type Slice } from "@clic/subgraph-kit";
import { courses } from "../course/course.entity.ts";
import { changeSiteStatus, recordSiteUsers } from "./change-site.ts";
import { inviteSite, type InviteSiteInput } from "./invite-site.ts";
import { liveSites } from "./live-sites.ts";
import { type RollOutRow, rollOuts, type RollOutSiteRow, rollOutSites } from "./roll-out.entity.ts";
import { rollOutList, rollOutSiteList } from "./roll-out.list.ts";
import { rollOutRefusals } from "./roll-out.refusals.ts";
import { adoption, type SiteStatus } from "./roll-out.rules.ts";

const read = async (context: GraphContext, result: object & { id?: string }) =>
  isRefusal(result) ? result : await rollOutSites.byId(context, result.id as string);

const resolvers = {
  Query: {
    rollOut: (_: unknown, { id }: { id: string }, context: GraphContext) => rollOuts.byId(context, id),
    rollOuts: (_: unknown, args: ListArguments, context: GraphContext) => listRows(context, rollOutList, args),
  },
  Mutation: {
    inviteSite: async (_: unknown, { input }: { input: InviteSiteInput }, context: GraphContext) =>
      read(context, await context.transact((useCase) => inviteSite(useCase, input))),
    changeSiteStatus: async (
      _: unknown,
      { input }: { input: { siteId: string; status: SiteStatus } },
      context: GraphContext,
    ) => read(context, await context.transact((useCase) => changeSiteStatus(useCase, input))),
    recordSiteUsers: async (
      _: unknown,
      { input }: { input: { siteId: string; users: number } },
      context: GraphContext,
    ) => read(context, await context.transact((useCase) => recordSiteUsers(useCase, input))),
  },
  RollOut: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => rollOuts.byId(context, id),
    initiative: ({ workItemId }: RollOutRow) => ({ __typename: "LearningInitiative", id: workItemId }),
    course: ({ courseId }: RollOutRow, _: unknown, context: GraphContext) =>
      courseId && courses.byId(context, courseId),
    adopted: ({ id }: RollOutRow, _: unknown, context: GraphContext) => liveSites(context, id),
    adoption: async ({ id, target }: RollOutRow, _: unknown, context: GraphContext) =>
      adoption(await liveSites(context, id), target ?? null),
    sites: ({ id }: RollOutRow, args: ListArguments, context: GraphContext) =>
      listUnder(context, rollOutSiteList, args, { property: "rollOutId" }, id),
  },
  RollOutSite: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) => rollOutSites.byId(context, id),
    rollOut: ({ rollOutId }: RollOutSiteRow, _: unknown, context: GraphContext) => rollOuts.byId(context, rollOutId),
    organisation: ({ organisationId }: RollOutSiteRow) => ({ __typename: "Organisation", id: organisationId }),
  },
};

export const rollOutSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [rollOutList, rollOutSiteList],
  refusals: rollOutRefusals,
};
