import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { Logger } from "pino";
import type { GatewayContext } from "./gateway-context.ts";
import { createJsonStatus } from "./http/json-status.ts";
import { createErrorMask } from "./mask-error.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { createDepthRule } from "./protection/depth.ts";
import { createIntrospectionGuard } from "./protection/introspection.ts";
import { MAX_DEPTH, MAX_TOKENS, MAX_VARIABLE_DEPTH } from "./protection/limits.ts";
import { createOperationGuard } from "./protection/operation.ts";
import { createVariableGuard } from "./protection/variable-depth.ts";
import { createDataSource } from "./subgraph/subgraph-data-source.ts";
import { readSubgraphSchemas } from "./subgraph/subgraph-schemas.ts";
import type { Subgraphs } from "./subgraph/subgraphs.ts";

export type Graph = ApolloServer<GatewayContext>;

export interface GraphOptions {
  readonly subgraphs: Pick<Subgraphs, "of">;
  readonly openIntrospection: boolean;
  /** Whether clients are held to limits. */
  readonly limited: boolean;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
}

/**
 * Builds what serves one supergraph: planner, executor, caches. A new supergraph gets a new one, so nothing that was
 * validated or planned for the old one can meet the new. Rejects when the supergraph is bad or names a subgraph without
 * an address. Hazard: the gateway library exports telemetry unless APOLLO_TELEMETRY_DISABLED is 1; main.ts sets it.
 */
export async function createGraph(
  supergraph: string,
  { subgraphs, openIntrospection, limited, metrics, log }: GraphOptions,
): Promise<Graph> {
  const schemas = readSubgraphSchemas(supergraph);
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    validateSupergraph: true,
    // On outside production by default, and then a header shows any caller the query plan.
    __exposeQueryPlanExperimental: false,
    logger: log.child({ part: "planner" }),
    buildService: ({ name, url }) => createDataSource(subgraphs.of(name, url), schemas.get(name)!, metrics),
  });
  const graph = new ApolloServer<GatewayContext>({
    gateway,
    nodeEnv: "production",
    introspection: true, // createIntrospectionGuard decides, by viewer
    hideSchemaDetailsFromClientErrors: !openIntrospection,
    includeStacktraceInErrorResponses: false,
    // A page of others can't send these without the browser asking first, and CORS then refuses.
    csrfPrevention: limited && {
      requestHeaders: ["authorization", "apollo-require-preflight", "x-apollo-operation-name"],
    },
    persistedQueries: false,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: true,
    ...(limited && { parseOptions: { maxTokens: MAX_TOKENS }, validationRules: [createDepthRule(MAX_DEPTH)] }),
    formatError: createErrorMask(log),
    logger: log.child({ part: "server" }),
    plugins: [
      createOperationGuard(),
      ...(limited ? [createVariableGuard(MAX_VARIABLE_DEPTH)] : []),
      createIntrospectionGuard(openIntrospection),
      createErrorCount(metrics),
      createJsonStatus(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await graph.start();
  return graph;
}

function createErrorCount({ errors }: GatewayMetrics): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response: { body } }) {
          const told = body.kind === "single" ? body.singleResult.errors : undefined;
          for (const { extensions } of told ?? []) errors.inc({ code: String(extensions?.["code"]) });
        },
      };
    },
  };
}
