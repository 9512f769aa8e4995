import { newGlobalId } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { loadDemonstration } from "../src/demonstration.ts";
import { subgraph } from "../src/schema.ts";

export const practice = seedId("Organisation", "demo-practice-1");
export const coach = personViewer({ personId: newGlobalId("Person"), organisationId: null, roles: ["MEMBER"] });
const fields =
  "id status level since accreditedUntil renewedOn leftOn sessionsTaught sessionsNeeded projectsReviewed trainedFrom coach { id } organisation { id }";
/** What a refusal says besides, where the mutation has that refusal. */
const refusals = (mutation: string): string =>
  [
    ...(mutation === "renewFaculty" ? ["... on FacultyRenewalEarly { from }"] : []),
    ...(mutation === "nominateForFaculty" ? [] : ["... on FacultyStatusRefused { refusedAt: status }"]),
  ].join(" ");

/** The service with the demonstration, on 25 November 2026, and what is done with a faculty in it. */
export async function startFaculty() {
  const service: TestSubgraph = await startTestSubgraph(subgraph, [loadDemonstration, loadDemonstration]);
  const on = (day: string): void => service.setNow(new Date(`${day}T12:00:00Z`));
  on("2026-11-25");
  const call = async (viewer: Viewer, mutation: string, input: object): Promise<any> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const shown =
      mutation === "recordTeaching"
        ? "... on TeachingRecord { id kind tookPlaceOn recordedBy { id } }"
        : `... on FacultyMembership { ${fields} }`;
    const text = `mutation ($input: ${type}!) { result: ${mutation}(input: $input) {
    __typename ... on UserError { code message } ${refusals(mutation)} ${shown} } }`;
    const { data, errors } = await service.ask(viewer, text, { input });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.result;
  };
  const nominate = (input: object = {}, viewer = office()) =>
    call(viewer, "nominateForFaculty", {
      personId: newGlobalId("Person"),
      organisationId: practice,
      level: "CHAMPION",
      coachId: coach.personId,
      ...input,
    });
  const teach = (membershipId: string, kind: string, input: object = {}, viewer = coach) =>
    call(viewer, "recordTeaching", { membershipId, kind, on: "2026-11-20", ...input });
  const accredit = (membershipId: string, viewer = office()) => call(viewer, "accreditFaculty", { membershipId });
  const renew = (membershipId: string, viewer = office()) => call(viewer, "renewFaculty", { membershipId });
  const leave = (membershipId: string, viewer = office()) => call(viewer, "leaveFaculty", { membershipId });
  const read = async (id: string, viewer = office()): Promise<any> =>
    (await service.ask(viewer, `query ($id: ID!) { facultyMembership(id: $id) { ${fields} } }`, { id })).data
      .facultyMembership;
  /** Somebody with all the evidence that a champion needs. */
  async function readyForAccreditation(): Promise<string> {
    const { id } = await nominate();
    for (const kind of ["INTRODUCTORY_WORKSHOP", "SESSION", "SESSION", "PROJECT_REVIEW"]) await teach(id, kind);
    return id;
  }

  return { service, on, call, nominate, teach, accredit, renew, leave, read, readyForAccreditation };
}

export type FacultyWorld = Awaited<ReturnType<typeof startFaculty>>;
