import { badInput, listRows, listUnder, mutate, type Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { membershipList } from "../membership/membership.list.ts";
import { readableId } from "../readable-id.ts";
import { supportRequestList } from "../support-request/support-request.list.ts";
import { workItemList } from "../work-item/work-item.list.ts";
import { changeOrganisationStatus } from "./change-organisation-status.ts";
import { organisations } from "./organisation.entity.ts";
import { organisationList } from "./organisation.list.ts";
import { organisationRefusals } from "./organisation.refusals.ts";
import { registerOrganisation } from "./register-organisation.ts";

const resolvers: Resolvers = {
  Query: {
    organisation: (_, { id, odsCode }, context) => {
      if ((id == null) === (odsCode == null)) throw badInput("Give exactly one of id and odsCode.");
      return id == null
        ? organisations.byKey(context, "odsCode", odsCode as string)
        : organisations.byId(context, readableId(id, "Organisation"));
    },
    organisations: (_, args, context) => listRows(context, organisationList, args),
  },
  Mutation: {
    registerOrganisation: (_, { input }, context) =>
      mutate(context, organisations, (useCase) => registerOrganisation(useCase, input)),
    changeOrganisationStatus: (_, { input }, context) =>
      mutate(context, organisations, (useCase) => changeOrganisationStatus(useCase, input)),
  },
  Organisation: {
    __resolveReference: ({ id }, context) => organisations.byId(context, id),
    parent: ({ parentId }, _, context) => (parentId == null ? null : organisations.byId(context, parentId)),
    succeededBy: ({ succeededById }, _, context) =>
      succeededById == null ? null : organisations.byId(context, succeededById),
    units: ({ id }, args, context) => listUnder(context, organisationList, args, { property: "parentId" }, id),
    memberships: ({ id }, args, context) =>
      listUnder(context, membershipList, args, { property: "organisationId" }, id),
    workItems: ({ id }, args, context) =>
      listUnder(context, workItemList, args, { property: "leadOrganisationId" }, id),
    supportRequests: ({ id }, args, context) =>
      listUnder(context, supportRequestList, args, { property: "requestedById" }, id),
  },
};

export const organisationSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  lists: [organisationList],
  refusals: organisationRefusals,
};
