import type { Authorisation, FilteredDocument } from "@clic/graph-authorisation";
import { GraphQLError, Kind, type OperationDefinitionNode } from "graphql";
import type { GatewayContext } from "../gateway-context.ts";
import type { Gateway } from "../planning/planned-gateway.ts";
import { policies, policiesOf } from "./policies.ts";

/** What happens to a document that asks for something its caller may not see. */
export type WhenWithheld = "filter" | "reject";

type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
type Answer = Awaited<ReturnType<Executor>>;

/**
 * Puts authorisation in front of the gateway library: it plans and executes what the caller may ask and nothing else. To
 * filter, withheld places are null with the error UNAUTHORIZED_FIELD_OR_TYPE; to reject, such a document is answered with
 * 403 and no data. The library keys plans by the hash of the text alone, so what was filtered comes to it under the hash
 * of its own text. Throws for a supergraph with a policy that nobody here decides.
 */
export function authorise(library: Gateway, authorisation: Authorisation, whenWithheld: WhenWithheld): Gateway {
  const unknown = [...authorisation.policies].filter((name) => !Object.hasOwn(policies, name));
  if (unknown.length > 0)
    throw new Error(`The supergraph asks for policies that nobody decides: ${unknown.join(", ")}`);

  function guard(execute: Executor): Executor {
    return async (request) => {
      const { viewer } = request.context as GatewayContext;
      const { kind, scopes } = viewer;
      const claims = { authenticated: kind !== "anonymous", scopes, policies: policiesOf(viewer) };
      const filtered = authorisation.filter(
        request.document,
        request.request.operationName,
        authorisation.caller(claims),
      );
      if (filtered === undefined) return execute(request);
      if (whenWithheld === "reject" && filtered.refusals.length > 0)
        return { errors: filtered.refusals.map(forbidden) };
      const answer = filtered.document === null ? { data: {} } : await execute({ ...request, ...inPlaceOf(filtered) });
      return merge(answer, filtered, request.request.variables);
    };
  }

  return {
    async load(options) {
      const loaded = await library.load(options);
      return { ...loaded, executor: loaded.executor && guard(loaded.executor) };
    },
    stop: () => library.stop(),
    onSchemaLoadOrUpdate: (callback) => library.onSchemaLoadOrUpdate(callback),
  };
}

/** What of a request names the document. */
function inPlaceOf({
  document,
  hash,
}: FilteredDocument): Pick<Parameters<Executor>[0], "document" | "queryHash" | "operation"> {
  const operation = document!.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return { document: document!, queryHash: hash, operation: operation as OperationDefinitionNode };
}

function merge(answer: Answer, filtered: FilteredDocument, variables: Record<string, unknown> | undefined): Answer {
  const { data, errors } = filtered.restore(answer.data ?? null, variables);
  const all = [...(answer.errors ?? []), ...errors];
  return { ...answer, data, ...(all.length > 0 && { errors: all }) };
}

function forbidden(error: GraphQLError): GraphQLError {
  const { message, nodes, extensions } = error;
  return new GraphQLError(message, { nodes: nodes ?? null, extensions: { ...extensions, http: { status: 403 } } });
}
