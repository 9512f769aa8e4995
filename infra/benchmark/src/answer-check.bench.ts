import { deepMerge } from "@apollo/gateway/dist/utilities/deepMerge.js";
import { createAnswerCheck } from "@clic/subgraph-fetch";
import { buildSchema } from "graphql";
import { interleaved } from "./interleaved.ts";

const schema = buildSchema(`
  type Query { events: [Event!] }
  type Event { id: ID! title: String! places: Int open: Boolean venue: Venue }
  type Venue { id: ID! name: String! }
`);
const query = "{ events { id title places open venue { id name } } }";
const events = Array.from({ length: 60 }, (_, index) => ({
  id: `evt_${index}`,
  title: `An event of some length ${index}`,
  places: index,
  open: index % 2 === 0,
  venue: { id: `ven_${index}`, name: "The hall" },
}));
const honest = JSON.stringify({ data: { events } });
const chatty = JSON.stringify({
  data: { events: events.map((event) => ({ ...event, secret: 1, __typename: "Event" })) },
});

/** What it costs to hold an answer of 60 events to its operation, beside parsing and merging it, which has to be done anyway. */
export async function answerCheck(): Promise<void> {
  const answers = createAnswerCheck(schema);
  const parse = (body: string) => (JSON.parse(body) as { data: Record<string, unknown> }).data;
  const merge = (data: unknown) => void deepMerge(Object.create(null), data);
  const checked = (body: string) => answers.check({ query }, { data: parse(body), errors: [] }).data;
  await interleaved("Answers of 60 events, read", [
    { name: "parsed and merged", run: async () => merge(parse(honest)) },
    { name: "parsed, held to what was asked, and merged", run: async () => merge(checked(honest)) },
    { name: "the same, with two keys an event that nobody asked for", run: async () => merge(checked(chatty)) },
  ]);
}
