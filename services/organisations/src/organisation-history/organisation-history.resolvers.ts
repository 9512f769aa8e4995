import {
  badInput,
  type Connection,
  type GraphContext,
  listRows,
  listUnder,
  type ListArguments,
  mutate,
  type Slice,
} from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { organisations } from "../organisation/organisation.entity.ts";
import { organisationList } from "../organisation/organisation.list.ts";
import { readableId } from "../readable-id.ts";
import { dayOf, isoDay } from "./day.rules.ts";
import { followSuccession, successorsOf } from "./follow-succession.ts";
import { organisationHistoryRefusals } from "./organisation-history.refusals.ts";
import { organisationVersions, type OrganisationVersionRow } from "./organisation-version.entity.ts";
import { organisationVersionList } from "./organisation-version.list.ts";
import { heldOn, versionOn } from "./organisation-version.loaders.ts";
import { recordSuccession } from "./record-succession.ts";

const resolvers: Resolvers = {
  Query: {
    organisationAsOf: async (_, { organisationId, odsCode, date }, context) => {
      if ((organisationId == null) === (odsCode == null))
        throw badInput("Give exactly one of organisationId and odsCode.");
      const organisation = await (organisationId == null
        ? organisations.byKey(context, "odsCode", odsCode as string)
        : organisations.byId(context, readableId(organisationId, "Organisation")));
      return organisation === null ? null : await versionOn(context, organisation.id, isoDay(date));
    },
    organisationsAsOf: (_, { date, ...args }, context) =>
      asOf(context, args, date == null ? dayOf(context.now) : isoDay(date)),
  },
  Mutation: {
    recordSuccession: (_, { input }, context) =>
      mutate(context, organisations, (useCase) => recordSuccession(useCase, input)),
  },
  Organisation: {
    asOf: ({ id }, { date }, context) => versionOn(context, id, isoDay(date)),
    inPlaceOn: ({ id }, { date }, context) => followSuccession(context, id, isoDay(date)),
    history: ({ id }, args, context) =>
      listUnder(
        context,
        organisationVersionList,
        { ...args, orderBy: args.orderBy ?? [{ field: "NUMBER" }] },
        { property: "organisationId" },
        id,
      ),
    predecessors: ({ id }, args, context) =>
      listUnder(context, organisationList, args, { property: "succeededById" }, id),
    successors: (organisation, _, context) => successorsOf(context, organisation),
  },
  OrganisationVersion: {
    __resolveReference: ({ id }, context) => organisationVersions.byId(context, id),
    organisation: ({ organisationId }, _, context) => organisations.byId(context, organisationId),
    parent: ({ parentId, asOf: day, fromDay }, _, context) =>
      parentId == null ? null : versionOn(context, parentId, day ?? fromDay),
    succeededBy: ({ succeededById }, _, context) =>
      succeededById == null ? null : organisations.byId(context, succeededById),
  },
};

/** The versions that held on a day, each knowing which day was asked for. */
function asOf(context: GraphContext, args: ListArguments, day: string): Connection<OrganisationVersionRow> {
  const where = args.where === undefined ? [] : [args.where];
  const held = listRows(context, organisationVersionList, { ...args, where: { and: [heldOn(day), ...where] } });
  return {
    ...held,
    page: async () => {
      const page = await held.page();
      return { ...page, rows: page.rows.map((row) => ({ ...row, asOf: day })) };
    },
  };
}

export const organisationHistorySlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [organisationVersionList],
  refusals: organisationHistoryRefusals,
};
