import { anonymousViewer } from "@clic/identity";
import type { Slice } from "@clic/subgraph-kit";
import type { Resolvers } from "../generated/resolvers.ts";
import { addFhirRoutes } from "./fhir-routes.ts";
import { fhirId } from "./organization.rules.ts";

export const fhirPath = "/fhir/R4";

const resolvers: Resolvers = {
  Organisation: {
    fhirUrl: ({ id }, _, { publicUrl }) => `${publicUrl}${fhirPath}/Organization/${fhirId(id)}`,
  },
};

/** The directory as FHIR R4, for whoever asks: what is read is read as somebody who has not signed in. */
export const organisationFhirSlice: Slice = {
  directory: import.meta.dirname,
  resolvers,
  routes: (app, contextFor) =>
    void app.register(
      (fhir, _, done) => {
        addFhirRoutes(fhir, () => contextFor(anonymousViewer), fhirPath);
        done();
      },
      { prefix: fhirPath },
    ),
};
