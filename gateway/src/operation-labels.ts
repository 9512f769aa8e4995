import type { RegisteredOperations } from "@clic/registered-operations";

export interface OperationLabels {
  readonly operation: string;
  readonly client: string;
}

/** What is known of a request when it is labelled. */
export interface Labelled {
  readonly text: string | undefined;
  /** Of an operation that was found valid: a document that is refused must not take a name. */
  readonly operationName: string | undefined;
  /** What the client says it is (`apollographql-client-name`). */
  readonly client: string | undefined;
}

/** Beyond so many it is "other": who sends names without end must not fill the memory, nor the collector's. */
const MAX = { names: 200, clients: 20, pairs: 1_000 };
const NAME = /^\w{1,64}$/;
/** Too short and too plain for a token, an address or a sentence. */
const CLIENT = /^[a-z][a-z0-9./-]{0,39}$/i;

/**
 * Names operations and clients for metrics and traces. A registered operation has its own name, which no other can take; of
 * the rest the first ones have theirs. Hazard: the places are for whoever comes first, until the next start; where strangers
 * ask, register what you want to see.
 */
export function createOperationLabels(registered: RegisteredOperations): (request: Labelled) => OperationLabels {
  const takeName = createCap(MAX.names);
  const takeClient = createCap(MAX.clients);
  const takePair = createCap(MAX.pairs);
  let all: unknown;
  let names: ReadonlySet<string> = new Set();

  function isRegistered(name: string): boolean {
    const operations = registered.all();
    if (operations !== all) names = new Set((all = operations) && operations.map((operation) => operation.name));
    return names.has(name);
  }
  function nameOf({ text, operationName }: Labelled): string {
    if (operationName === undefined) return "none";
    if (registered.find({ text })?.name === operationName) return operationName;
    if (!NAME.test(operationName) || isRegistered(operationName)) return "other";
    return takeName(operationName) ? operationName : "other";
  }
  return (request) => {
    const operation = nameOf(request);
    const { client } = request;
    const label = client === undefined ? "none" : CLIENT.test(client) && takeClient(client) ? client : "other";
    return { operation, client: takePair(`${operation} ${label}`) ? label : "other" };
  };
}

/** Takes texts as they come, until there are `most`. */
function createCap(most: number): (text: string) => boolean {
  const taken = new Set<string>();
  return (text) => taken.has(text) || (taken.size < most && taken.add(text) !== undefined);
}
