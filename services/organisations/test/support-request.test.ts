import { newGlobalId, newUuid } from "@clic/global-id";
import { personViewer, type Viewer } from "@clic/identity";
import { seedId } from "@clic/seed-data";
import { transact } from "@clic/subgraph-kit";
import { analyst, anonymous, lead, member, office, startTestSubgraph, type TestSubgraph } from "@clic/subgraph-testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { demonstrationCriteria, demonstrationSetId } from "../src/criteria-set/demonstration-criteria.ts";
import { demonstrationLoad } from "../src/demonstration.ts";
import { loadFounding } from "../src/founding.ts";
import { subgraph as definition } from "../src/schema.ts";

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph(definition, [
    loadFounding,
    demonstrationLoad({ issuer: "http://127.0.0.1:4010" }),
  ]);
});
afterAll(() => subgraph.stop());

const sql = (text: string, params: readonly unknown[] = []): Promise<any[]> =>
  subgraph.arrange(({ em }) => em.execute(text, [...params]));
const somebody = (key: string, organisation: string, roles: readonly any[]): Viewer =>
  personViewer({ personId: seedId("Person", key), organisationId: seedId("Organisation", organisation), roles });
const assessor = somebody("demo-person-2", "CLIC", ["OPERATIONS_GROUP"]);
const thirdAssessor = somebody("demo-person-8", "CLIC", ["OPERATIONS_GROUP"]);
const sponsor = somebody("demo-person-3", "demo-council-1", ["ALLIANCE_LEADER"]);
const colleague = somebody("demo-person-27", "demo-practice-1", ["MEMBER"]);

const part = `__typename ... on SupportRequest { id title status score sponsored decidedAt outcome { __typename id title status } } ... on UserError { code message }`;
async function act(viewer: Viewer, name: string, input: object): Promise<any> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await subgraph.ask(
    viewer,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${part} } }`,
    { input },
  );
  return errors ? { errorCode: errors[0]?.extensions.code } : data[name];
}
const submit = async (viewer: Viewer = member()): Promise<string> =>
  (await act(viewer, "submitSupportRequest", { title: "Shorter waits", need: "Our patients wait too long." })).id;
/** Every criterion of the live set with this value, of 0 to 5: a total of twenty times as much. */
const scores = (value: number, rationale = "It fits.") =>
  demonstrationCriteria.map((one) => ({ criterionId: one.id, value, rationale }));
const score = (viewer: Viewer, supportRequestId: string, value: number) =>
  act(viewer, "assessSupportRequest", { supportRequestId, scores: scores(value) });
const accepting = (supportRequestId: string) => ({
  supportRequestId,
  workItemType: "Rpiw",
  strategy: "PRODUCTION_SYSTEM",
  priorityIds: [seedId("Priority", "demo-safe-care")],
});

let id: string;
beforeEach(async () => {
  id = await submit();
});

describe("asking for support", () => {
  it("is for members on behalf of the organisation they act for", async () => {
    const { data } = await subgraph.ask(
      member(),
      `query ($id: ID!) { supportRequest(id: $id) { requestedBy { name } requestedByPerson { displayName } need status score receivedOn source outcome { id } } }`,
      { id },
    );
    expect(data.supportRequest).toMatchObject({
      requestedBy: { name: "Demonstration Practice 1" },
      requestedByPerson: { displayName: "Mary Member" },
      need: "Our patients wait too long.",
      status: "RECEIVED",
      score: null,
      source: "USER",
      outcome: null,
    });
    for (const viewer of [anonymous, analyst(), somebody("partner", "demo-provider-1", ["PARTNER"])])
      expect((await act(viewer, "submitSupportRequest", { title: "A", need: "B" })).code).toBe("NOT_ALLOWED");
  });

  it("refuses empty and endless texts", async () => {
    for (const input of [
      { title: " ", need: "B" },
      { title: "A", need: "" },
      { title: "A".repeat(201), need: "B" },
      { title: "A", need: "B".repeat(5001) },
      { title: "A", need: "B", idempotencyKey: "" },
    ])
      expect((await act(member(), "submitSupportRequest", input)).code).toBe("INVALID_INPUT");
  });

  it("is done once for one idempotency key, however often it is sent at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        act(member(), "submitSupportRequest", { title: "Once", need: "Please", idempotencyKey: "key-1" }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(await sql("select count(*)::int as n from support_request where title = 'Once'")).toEqual([{ n: 1 }]);
    const other = await act(lead(), "submitSupportRequest", { title: "Once", need: "Please", idempotencyKey: "key-1" });
    expect(other.id).not.toBe(answers[0].id);
  });
});

describe("who sees a request", () => {
  const sees = async (viewer: Viewer) =>
    (
      await subgraph.ask(
        viewer,
        `query ($id: ID!) { supportRequest(id: $id) { title need requestedByPerson { displayName } assessments { total assessor { displayName } scores { value rationale } } } }`,
        { id },
      )
    ).data.supportRequest;

  it("is whoever asked, their lead, the office, those who assess or sponsor; nobody else", async () => {
    for (const viewer of [member(), lead(), office(), assessor, sponsor])
      expect((await sees(viewer)).need).toBe("Our patients wait too long.");
    for (const viewer of [
      anonymous,
      colleague,
      lead("lead", "demo-practice-2"),
      somebody("partner", "demo-provider-1", ["PARTNER"]),
    ])
      expect(await sees(viewer)).toBeNull();
  });

  it("is analysts too, without names and free text", async () => {
    await score(assessor, id, 4);
    expect(await sees(analyst())).toEqual({
      title: "Shorter waits",
      need: null,
      requestedByPerson: { displayName: null },
      assessments: [
        { total: 80, assessor: { displayName: null }, scores: scores(4).map(() => ({ value: 4, rationale: null })) },
      ],
    });
    expect((await sees(office())).assessments).toEqual([
      {
        total: 80,
        assessor: { displayName: "Demonstration Person 2" },
        scores: scores(4).map(() => ({ value: 4, rationale: "It fits." })),
      },
    ]);
    expect((await sees(member())).assessments).toEqual([]);
  });

  it("answers the analyst's question about demand", async () => {
    const query = `query ($n: Int) { supportRequests(where: { status: { eq: ACCEPTED }, source: { eq: DEMO } }, first: $n) { totalCount nodes { title score requestedBy { name } outcome { __typename strategy status priorities { code } } } } }`;
    const { data, errors, statements } = await subgraph.ask(analyst(), query, { n: 100 });
    expect(errors).toBeUndefined();
    expect(data.supportRequests.totalCount).toBe(3);
    expect(
      data.supportRequests.nodes.every(
        (one: any) => one.score > 0 && one.requestedBy.name && one.outcome.priorities.length === 1,
      ),
    ).toBe(true);
    expect((await subgraph.ask(analyst(), query, { n: 1 })).statements).toBe(statements);
  });
});

describe("assessing a request", () => {
  it("takes two, whose mean is the score", async () => {
    expect((await act(assessor, "startScoping", { supportRequestId: id })).status).toBe("SCOPING");
    expect(await score(assessor, id, 4)).toMatchObject({ status: "SCOPING", score: null });
    expect(await score(assessor, id, 4)).toMatchObject({ status: "SCOPING", score: null });
    expect((await score(assessor, id, 5)).code).toBe("ALREADY_ASSESSED");
    expect(await score(office(), id, 3.5)).toMatchObject({ status: "ASSESSED", score: 75 });
    expect((await score(thirdAssessor, id, 1)).code).toBe("SUPPORT_REQUEST_NOT_READY");
    expect((await act(assessor, "startScoping", { supportRequestId: id })).code).toBe("SUPPORT_REQUEST_NOT_READY");
  });

  it("counts two assessors at once as two, and one assessor many times as one", async () => {
    await Promise.all([
      score(assessor, id, 2.5),
      score(office(), id, 3.5),
      score(assessor, id, 2.5),
      score(office(), id, 3.5),
    ]);
    expect(await sql("select status, score from support_request where id = ?", [id.slice(4)])).toEqual([
      { status: "ASSESSED", score: 60 },
    ]);
    expect(
      await sql("select count(*)::int as n from support_request_assessment where support_request_id = ?", [
        id.slice(4),
      ]),
    ).toEqual([{ n: 2 }]);
  });

  it("is nobody's for an organisation of their own, whomever they act for", async () => {
    const acting = somebody("demo-person-9", "demo-practice-1", ["OPERATIONS_GROUP"]);
    expect((await score(acting, id, 5)).code).toBe("OWN_REQUEST");
    const atHome = somebody("member", "CLIC", ["OPERATIONS_GROUP"]);
    expect((await score(atHome, id, 5)).code).toBe("OWN_REQUEST");
    const past = transact(subgraph.orm.em, atHome, new Date(), ({ em }) =>
      em.execute(
        "insert into support_request_assessment (id, support_request_id, assessor_id, criteria_set_id, total, assessed_at) values (?, ?, ?, ?, 100, now())",
        [newUuid(), id.slice(4), seedId("Person", "member").slice(4), demonstrationSetId.slice(4)],
      ),
    );
    await expect(past).rejects.toMatchObject({ code: "42501" });
  });

  it("is for those who assess, with a score and a reason that can be kept", async () => {
    for (const viewer of [anonymous, member(), lead(), analyst(), sponsor])
      expect((await score(viewer, id, 5)).code).toBe("NOT_ALLOWED");
    for (const value of [-1, 5.1]) expect((await score(assessor, id, value)).code).toBe("INVALID_INPUT");
    const bad = [scores(3, " "), scores(3).slice(1), [...scores(3), ...scores(3)]];
    for (const each of bad)
      expect((await act(assessor, "assessSupportRequest", { supportRequestId: id, scores: each })).code).toBe(
        "INVALID_INPUT",
      );
    expect((await score(assessor, newGlobalId("SupportRequest"), 3)).code).toBe("NOT_FOUND");
    expect((await score(assessor, "nonsense", 3)).errorCode).toBe("BAD_USER_INPUT");
  });
});

describe("sponsoring a request", () => {
  it("is for Alliance leaders and sponsors, one a request", async () => {
    expect(await act(sponsor, "sponsorSupportRequest", { supportRequestId: id })).toMatchObject({ sponsored: true });
    expect(await act(sponsor, "sponsorSupportRequest", { supportRequestId: id })).toMatchObject({ sponsored: true });
    const other = somebody("demo-person-5", "demo-trust-1", ["SPONSOR"]);
    expect((await act(other, "sponsorSupportRequest", { supportRequestId: id })).code).toBe("ALREADY_SPONSORED");
    for (const viewer of [anonymous, member(), lead(), analyst(), office(), assessor])
      expect((await act(viewer, "sponsorSupportRequest", { supportRequestId: id })).code).toBe("NOT_ALLOWED");
  });
});

describe("accepting a request", () => {
  const assess = async () => {
    await score(assessor, id, 4);
    await score(office(), id, 5);
  };
  const ready = async () => {
    await assess();
    await act(sponsor, "sponsorSupportRequest", { supportRequestId: id });
  };

  it("needs two assessments and a sponsor", async () => {
    expect((await act(office(), "acceptSupportRequest", accepting(id))).code).toBe("SUPPORT_REQUEST_NOT_READY");
    await assess();
    expect((await act(office(), "acceptSupportRequest", accepting(id))).code).toBe("SPONSOR_MISSING");
    await act(sponsor, "sponsorSupportRequest", { supportRequestId: id });
    const accepted = await act(office(), "acceptSupportRequest", accepting(id));
    expect(accepted).toMatchObject({
      status: "ACCEPTED",
      score: 90,
      outcome: { __typename: "Rpiw", title: "Shorter waits", status: "PROPOSED" },
    });
    expect(accepted.decidedAt).not.toBeNull();
    const [fact] = await sql("select type, data from outbox where aggregate_id = ?", [id]);
    expect(fact).toEqual({
      type: "organisations.support-request-accepted",
      data: {
        supportRequestId: id,
        workItemId: accepted.outcome.id,
        workItemType: "Rpiw",
        title: "Shorter waits",
        strategy: "PRODUCTION_SYSTEM",
        status: "PROPOSED",
        leadOrganisationId: seedId("Organisation", "demo-practice-1"),
        source: "USER",
      },
    });
  });

  it("makes exactly one work item and one fact of fifty who accept at once, and answers all with it", async () => {
    await ready();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        act(index % 2 ? office() : assessor, "acceptSupportRequest", { ...accepting(id), title: `Called ${index}` }),
      ),
    );
    expect(answers.map((answer) => answer.__typename)).toEqual(Array.from({ length: 50 }, () => "SupportRequest"));
    expect(new Set(answers.map((answer) => answer.outcome.id)).size).toBe(1);
    expect(
      await sql(
        "select (select count(*)::int from work_item where support_request_id = ?) as w, (select count(*)::int from outbox where aggregate_id = ?) as o",
        [id.slice(4), id],
      ),
    ).toEqual([{ w: 1, o: 1 }]);
    expect((await act(office(), "declineSupportRequest", { supportRequestId: id, reason: "Too late" })).code).toBe(
      "SUPPORT_REQUEST_NOT_READY",
    );
    expect((await act(member(), "withdrawSupportRequest", { supportRequestId: id })).code).toBe(
      "SUPPORT_REQUEST_NOT_READY",
    );
    const second = sql(
      "insert into work_item (id, type, title, status, status_since, support_request_id, source) values (?, 'Rpiw', 'x', 'PROPOSED', now(), ?, 'USER')",
      [newGlobalId("Rpiw"), id.slice(4)],
    );
    await expect(second).rejects.toMatchObject({ constraint: "work_item_one_a_request" });
  });

  it("shows what it changed when one document does several things", async () => {
    await ready();
    const { data } = await subgraph.ask(
      office(),
      `mutation ($id: ID!, $p: [ID!]!) {
      first: declineSupportRequest(input: { supportRequestId: $id, reason: "" }) { ... on UserError { code } }
      before: startScoping(input: { supportRequestId: $id }) { ... on SupportRequestNotReady { status } }
      accept: acceptSupportRequest(input: { supportRequestId: $id, workItemType: LearningInitiative, strategy: EDUCATION_LEARNING, priorityIds: $p }) { ... on SupportRequest { status outcome { id } } }
      again: acceptSupportRequest(input: { supportRequestId: $id, workItemType: Rpiw, strategy: LEADERSHIP, priorityIds: $p }) { ... on SupportRequest { status outcome { id } } } }`,
      { id, p: [seedId("Priority", "demo-safe-care")] },
    );
    expect(data.first.code).toBe("INVALID_INPUT");
    expect(data.before.status).toBe("ASSESSED");
    expect(data.accept.status).toBe("ACCEPTED");
    expect(data.again).toEqual(data.accept);
  });

  it("leaves nothing behind when the work item can't be made", async () => {
    await ready();
    expect((await act(office(), "acceptSupportRequest", { ...accepting(id), priorityIds: [] })).code).toBe(
      "INVALID_INPUT",
    );
    expect(
      (await act(office(), "acceptSupportRequest", { ...accepting(id), priorityIds: [newGlobalId("Priority")] })).code,
    ).toBe("NOT_FOUND");
    expect(
      (
        await act(office(), "acceptSupportRequest", {
          ...accepting(id),
          leadOrganisationId: newGlobalId("Organisation"),
        })
      ).code,
    ).toBe("NOT_FOUND");
    expect(
      (await act(office(), "acceptSupportRequest", { ...accepting(id), leadOrganisationId: "nonsense" })).errorCode,
    ).toBe("BAD_USER_INPUT");
    for (const viewer of [anonymous, member(), lead(), analyst(), sponsor])
      expect((await act(viewer, "acceptSupportRequest", accepting(id))).code).toBe("NOT_ALLOWED");
    expect(
      await sql(
        "select status, (select count(*)::int from outbox where aggregate_id = ?) as o from support_request where id = ?",
        [id, id.slice(4)],
      ),
    ).toEqual([{ status: "ASSESSED", o: 0 }]);
  });

  it("is refused by PostgreSQL without a sponsor or a score", async () => {
    await assess();
    await expect(
      sql("update support_request set status = 'ACCEPTED' where id = ?", [id.slice(4)]),
    ).rejects.toMatchObject({ constraint: "support_request_accepted_has_sponsor_and_score" });
    await expect(
      sql("update support_request set status = 'DECLINED' where id = ?", [id.slice(4)]),
    ).rejects.toMatchObject({ constraint: "support_request_declined_has_reason" });
  });
});

describe("passing a request on", () => {
  const elsewhere = seedId("Organisation", "demo-provider-1");
  const redirect = (viewer: Viewer, input: object) =>
    act(viewer, "redirectSupportRequest", { supportRequestId: id, reason: "They run it.", ...input });
  const reads = async (viewer: Viewer) =>
    (
      await subgraph.ask(
        viewer,
        `query ($id: ID!) { supportRequest(id: $id) { status decisionReason redirectedTo { name } redirectedToBody } }`,
        { id },
      )
    ).data.supportRequest;

  it("tells those who asked which organisation to turn to, and why", async () => {
    expect((await redirect(assessor, { toOrganisationId: elsewhere })).status).toBe("REDIRECTED");
    expect((await redirect(assessor, { toOrganisationId: elsewhere })).status).toBe("REDIRECTED");
    for (const viewer of [member(), lead()])
      expect(await reads(viewer)).toEqual({
        status: "REDIRECTED",
        decisionReason: "They run it.",
        redirectedTo: { name: "Demonstration Provider 1" },
        redirectedToBody: null,
      });
    expect((await redirect(assessor, { toBody: "Another" })).code).toBe("SUPPORT_REQUEST_NOT_READY");
    expect((await score(assessor, id, 4)).code).toBe("SUPPORT_REQUEST_NOT_READY");
    const where = { redirectedToId: { eq: elsewhere }, source: { eq: "USER" } };
    const list = `query ($where: SupportRequestWhere) { supportRequests(where: $where) { nodes { id } } }`;
    expect((await subgraph.ask(analyst(), list, { where })).data.supportRequests.nodes).toEqual([{ id }]);
  });

  it("tells them of a body outside of the directory, whose words analysts don't read", async () => {
    expect((await redirect(office(), { toBody: "The housing office, 01228 000000" })).status).toBe("REDIRECTED");
    expect((await reads(member())).redirectedToBody).toBe("The housing office, 01228 000000");
    expect(await reads(analyst())).toEqual({
      status: "REDIRECTED",
      decisionReason: null,
      redirectedTo: null,
      redirectedToBody: null,
    });
  });

  it("needs one place, a reason, and somebody who assesses", async () => {
    for (const input of [
      {},
      { toBody: "A", toOrganisationId: elsewhere },
      { toBody: " " },
      { toBody: "A", reason: "" },
      { toOrganisationId: seedId("Organisation", "demo-practice-1") },
    ])
      expect((await redirect(assessor, input)).code).toBe("INVALID_INPUT");
    expect((await redirect(assessor, { toOrganisationId: newGlobalId("Organisation") })).code).toBe("NOT_FOUND");
    for (const viewer of [anonymous, member(), lead(), analyst(), sponsor])
      expect((await redirect(viewer, { toBody: "A" })).code).toBe("NOT_ALLOWED");
    const closed = seedId("Organisation", "demo-practice-18");
    await sql("update organisation set status = 'INACTIVE' where id = ?", [closed.slice(4)]);
    expect((await redirect(assessor, { toOrganisationId: closed })).code).toBe("INVALID_INPUT");
    for (const set of ["", ", redirected_to_body = 'A', redirected_to_id = requested_by_id"])
      await expect(
        sql(`update support_request set status = 'REDIRECTED', decision_reason = 'x'${set} where id = ?`, [
          id.slice(4),
        ]),
      ).rejects.toMatchObject({ constraint: "support_request_redirected_somewhere" });
  });
});

describe("declining and withdrawing a request", () => {
  it("declining needs a reason, and somebody who assesses", async () => {
    expect((await act(office(), "declineSupportRequest", { supportRequestId: id, reason: " " })).code).toBe(
      "INVALID_INPUT",
    );
    for (const viewer of [anonymous, member(), lead(), analyst(), sponsor])
      expect((await act(viewer, "declineSupportRequest", { supportRequestId: id, reason: "No" })).code).toBe(
        "NOT_ALLOWED",
      );
    expect(
      (await act(assessor, "declineSupportRequest", { supportRequestId: id, reason: "Others do it better" })).status,
    ).toBe("DECLINED");
    const reasonFor = async (viewer: Viewer) =>
      (await subgraph.ask(viewer, `query ($id: ID!) { supportRequest(id: $id) { decisionReason } }`, { id })).data
        .supportRequest.decisionReason;
    expect(await reasonFor(member())).toBe("Others do it better");
    expect(await reasonFor(analyst())).toBeNull();
  });

  it("withdrawing is for whoever asked, their lead and the office", async () => {
    for (const viewer of [anonymous, analyst()])
      expect((await act(viewer, "withdrawSupportRequest", { supportRequestId: id })).code).toBe("NOT_ALLOWED");
    for (const viewer of [colleague, lead("lead", "demo-practice-2")])
      expect((await act(viewer, "withdrawSupportRequest", { supportRequestId: id })).code).toBe("NOT_FOUND");
    const assessorAndMember = somebody("demo-person-2", "demo-practice-2", ["MEMBER", "OPERATIONS_GROUP"]);
    expect((await act(assessorAndMember, "withdrawSupportRequest", { supportRequestId: id })).code).toBe("NOT_ALLOWED");
    expect((await act(member(), "withdrawSupportRequest", { supportRequestId: id })).status).toBe("WITHDRAWN");
    expect((await act(lead(), "withdrawSupportRequest", { supportRequestId: await submit() })).status).toBe(
      "WITHDRAWN",
    );
    expect((await score(assessor, id, 4)).code).toBe("SUPPORT_REQUEST_NOT_READY");
  });
});

describe("a request, with the service's own rules removed", () => {
  const attempt = (viewer: Viewer, text: string, params: readonly unknown[] = []): Promise<object[]> =>
    transact(subgraph.orm.em, viewer, new Date(), ({ em }) => em.execute(text, [...params]));
  const change = (viewer: Viewer, what: string) =>
    attempt(viewer, `update support_request set ${what} where id = ? returning id`, [id.slice(4)]);

  it("is taken back by whoever asked and their lead, who decide nothing about it", async () => {
    for (const viewer of [member(), lead()]) {
      for (const what of [
        "status = 'ASSESSED', score = 5",
        "score = 5",
        "strategy = 'LEADERSHIP'",
        "sponsor_id = null",
      ])
        await expect(change(viewer, what)).rejects.toMatchObject({ code: "42501" });
    }
    for (const viewer of [anonymous, colleague, analyst(), lead("lead", "demo-practice-2")])
      expect(await change(viewer, "status = 'WITHDRAWN'")).toEqual([]);
    expect(await change(member(), "status = 'WITHDRAWN', decided_at = now()")).toHaveLength(1);
  });

  it("is sponsored by the sponsor themselves, who decides nothing else", async () => {
    const bare = (viewer: Viewer) => `'${viewer.personId?.slice(4)}'`;
    await expect(change(sponsor, `sponsor_id = ${bare(assessor)}`)).rejects.toMatchObject({ code: "42501" });
    await expect(
      change(sponsor, `sponsor_id = ${bare(sponsor)}, score = 5, status = 'ACCEPTED'`),
    ).rejects.toMatchObject({ code: "42501" });
    expect(await change(sponsor, `sponsor_id = ${bare(sponsor)}`)).toHaveLength(1);
  });

  it("begins as received, and moves to no other organisation, whoever writes", async () => {
    const insert = `insert into support_request (id, requested_by_id, requested_by_person_id, title, need, received_on, status, score, sponsor_id, source)
      values (?, ?, ?, 't', 'n', now(), ?, ?, ?, 'USER')`;
    const own: unknown[] = [member().organisationId?.slice(4), member().personId?.slice(4), "RECEIVED", null, null];
    const forged = [
      sponsor.organisationId?.slice(4),
      sponsor.personId?.slice(4),
      "SCOPING",
      5,
      sponsor.personId?.slice(4),
    ];
    for (const [index, value] of forged.entries())
      await expect(attempt(member(), insert, [newUuid(), ...own.with(index, value)])).rejects.toMatchObject({
        code: "42501",
      });
    await attempt(member(), insert, [newUuid(), ...own]);
    for (const what of ["requested_by_id = requested_by_id", "requested_by_person_id = null", "need = 'other'"])
      await expect(change(office(), what)).rejects.toMatchObject({ code: "42501" });
    await expect(attempt(office(), "delete from support_request")).rejects.toMatchObject({ code: "42501" });
  });
});
