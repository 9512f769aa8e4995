import {
  badInput,
  isRefusal,
  listRows,
  listUnder,
  type GraphContext,
  type ListArguments,
  type Slice,
} from "@clic/subgraph-kit";
import { membershipList } from "../membership/membership.list.ts";
import { supportRequestList } from "../support-request/support-request.list.ts";
import { workItemList } from "../work-item/work-item.list.ts";
import { changeOrganisationStatus } from "./change-organisation-status.ts";
import { organisations, type OrganisationRow } from "./organisation.entity.ts";
import { organisationList } from "./organisation.list.ts";
import { organisationRefusals } from "./organisation.refusals.ts";
import { registerOrganisation, type RegisterOrganisationInput } from "./register-organisation.ts";
import { readableId } from "../readable-id.ts";

interface Key {
  readonly id: string;
}
type ChangeInput = Parameters<typeof changeOrganisationStatus>[1];

const resolvers = {
  Query: {
    organisation: (_: unknown, key: { id?: string | null; odsCode?: string | null }, context: GraphContext) => {
      if ((key.id == null) === (key.odsCode == null)) throw badInput("Give exactly one of id and odsCode.");
      return key.id != null
        ? organisations.byId(context, readableId(key.id, "Organisation"))
        : organisations.byKey(context, "odsCode", key.odsCode as string);
    },
    organisations: (_: unknown, args: ListArguments, context: GraphContext) =>
      listRows(context, organisationList, args),
  },
  Mutation: {
    registerOrganisation: async (
      _: unknown,
      { input }: { input: RegisterOrganisationInput },
      context: GraphContext,
    ) => {
      const result = await context.transact((useCase) => registerOrganisation(useCase, input));
      return isRefusal(result) ? result : organisations.byId(context, result.id);
    },
    changeOrganisationStatus: async (_: unknown, { input }: { input: ChangeInput }, context: GraphContext) => {
      const result = await context.transact((useCase) => changeOrganisationStatus(useCase, input));
      return isRefusal(result) ? result : organisations.byId(context, result.id);
    },
  },
  Organisation: {
    __resolveReference: ({ id }: Key, context: GraphContext) => organisations.byId(context, id),
    parent: ({ parentId }: OrganisationRow, _: unknown, context: GraphContext) =>
      parentId == null ? null : organisations.byId(context, parentId),
    succeededBy: ({ succeededById }: OrganisationRow, _: unknown, context: GraphContext) =>
      succeededById == null ? null : organisations.byId(context, succeededById),
    units: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, organisationList, args, { property: "parentId" }, id),
    memberships: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, membershipList, args, { property: "organisationId" }, id),
    workItems: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, workItemList, args, { property: "leadOrganisationId" }, id),
    supportRequests: ({ id }: Key, args: ListArguments, context: GraphContext) =>
      listUnder(context, supportRequestList, args, { property: "requestedById" }, id),
  },
};

export const organisationSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [organisationList],
  refusals: organisationRefusals,
};
