import type { SubgraphAnswer } from "@clic/subgraph-fetch";
import type { OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import { entitiesRead, joinedOperation, keyOf } from "./joined-operation.ts";
import type { SubgraphRequest } from "./subgraph-client.ts";

type Send = (request: SubgraphRequest) => Promise<SubgraphAnswer>;

interface Waiting {
  readonly request: SubgraphRequest;
  readonly read: OperationDefinitionNode;
  readonly resolve: (answer: SubgraphAnswer | Promise<SubgraphAnswer>) => void;
}

/** Of what is kept: how many, and how many characters their texts have together. */
const bounds = { max: 2000, maxSize: 20_000_000, sizeCalculation: (_: unknown, key: string) => key.length };

/**
 * Sends the reads of entities that one request makes of a subgraph at the same moment (an event's host and its work item)
 * as one operation, and gives each its part of the answer: one exchange, one token, and the subgraph reads for all of them
 * together. Everything else is sent as it comes.
 *
 * Hazard: they fail together, and the cap on an answer's size is on all of them.
 */
export function joinReads(send: Send): Send {
  const reads = new LRUCache<string, { readonly read: OperationDefinitionNode | null }>(bounds);
  const texts = new LRUCache<string, string>(bounds);
  let waiting: Waiting[] = [];

  function readOf({ query, repeatable, deadlineMs }: SubgraphRequest): OperationDefinitionNode | null {
    if (!repeatable || deadlineMs !== undefined) return null;
    let known = reads.get(query);
    if (known === undefined) reads.set(query, (known = { read: entitiesRead(query) }));
    return known.read;
  }

  function textOf(group: readonly Waiting[]): string {
    const key = JSON.stringify(group.map(({ request }) => request.query));
    let text = texts.get(key);
    if (text === undefined) texts.set(key, (text = joinedOperation(group.map(({ read }) => read))));
    return text;
  }

  function flush(): void {
    const groups = Map.groupBy(waiting, ({ request }) => request.requestId);
    waiting = [];
    for (const group of groups.values()) {
      const [{ request }] = group as [Waiting];
      const variables = group.length > 1 ? joinedVariables(group) : null;
      if (variables === null) for (const each of group) each.resolve(send(each.request));
      else {
        const answer = send({ ...request, query: textOf(group), variables });
        for (const [index, { resolve }] of group.entries()) resolve(answer.then((whole) => partOf(whole, index)));
      }
    }
  }

  return (request) => {
    const read = readOf(request);
    if (read === null) return send(request);
    return new Promise((resolve) => {
      waiting.push({ request, read, resolve });
      if (waiting.length === 1) process.nextTick(flush);
    });
  };
}

/** Null where they differ in more than what they ask about, or in who asks: then they are not one operation's. */
function joinedVariables(group: readonly Waiting[]): Record<string, unknown> | null {
  const joined = Object.create(null) as Record<string, unknown>;
  for (const [index, { request }] of group.entries()) {
    if (request.viewer !== group[0]?.request.viewer) return null;
    for (const [given, value] of Object.entries(request.variables ?? {})) {
      const name = given === "representations" ? `representations${keyOf(index)}` : given;
      if (name in joined && joined[name] !== value) return null;
      joined[name] = value;
    }
  }
  return joined;
}

/** What the read at this index is answered. An error that names no read's place is the first one's to tell. */
function partOf({ data, errors }: SubgraphAnswer, index: number): SubgraphAnswer {
  const key = keyOf(index);
  const own = errors.flatMap((error) => {
    const [place, ...rest] = Array.isArray(error["path"]) ? (error["path"] as unknown[]) : [];
    if (place === key) return [{ ...error, path: ["_entities", ...rest] }];
    return index === 0 && !(typeof place === "string" && /^_\d+$/.test(place)) ? [error] : [];
  });
  if (data === null) return { data, errors: own };
  return { data: Object.hasOwn(data, key) ? { _entities: data[key] } : {}, errors: own };
}
