import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { type Authorisation, createAuthorisation, splitSupergraph } from "@clic/graph-authorisation";
import {
  PlanningRefused,
  type PlanStore,
  type PlanTask,
  type Planner,
  createPlanStore,
  createPlanner,
} from "@clic/query-planning";
import type { RegisteredOperations } from "@clic/registered-operations";
import type { Logger } from "pino";
import { type WhenWithheld, authorise } from "./authorisation/authorised-gateway.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { createJsonStatus } from "./http/json-status.ts";
import { createLibraryLog } from "./library-log.ts";
import { createErrorMask } from "./mask-error.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { createOperationReport } from "./operation-report.ts";
import { createPlannedGateway } from "./planning/planned-gateway.ts";
import { createIntrospectionGuard } from "./protection/introspection.ts";
import type { Limits } from "./protection/limits.ts";
import { createOperationGuard } from "./protection/operation.ts";
import type { PersistedQueries } from "./protection/persisted-queries.ts";
import { createRegisteredOperation } from "./protection/registered-operation.ts";
import { createDataSource } from "./subgraph/subgraph-data-source.ts";
import { readSubgraphSchemas } from "./subgraph/subgraph-schemas.ts";
import type { Subgraphs } from "./subgraph/subgraphs.ts";

/** What serves one supergraph. */
export interface Graph {
  readonly server: ApolloServer<GatewayContext>;
  readonly plans: PlanStore;
  stop(): Promise<void>;
}

export interface GraphOptions {
  readonly subgraphs: Pick<Subgraphs, "of">;
  readonly openIntrospection: boolean;
  /** What clients are held to; nothing when undefined. */
  readonly limits: Limits | undefined;
  readonly whenWithheld: WhenWithheld;
  readonly planner: { readonly threads: number; readonly memoryMb: number };
  readonly registered: RegisteredOperations;
  readonly persistedQueries: PersistedQueries;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
}

/** Without limits, and for operations that somebody has registered: they may cost more, but never without end. */
const PATIENT_MS = 30_000;

/**
 * Builds what serves one supergraph: planner, executor, caches. A new supergraph gets a new one, so nothing that was
 * validated or planned for the old one can meet the new. Resolves when it can plan and has planned what is registered and
 * `hot`. Rejects when the supergraph is bad, names a subgraph without an address, or its
 * authorisation can't be enforced. Hazard: the gateway library exports
 * telemetry unless APOLLO_TELEMETRY_DISABLED is 1; main.ts sets it.
 */
export async function createGraph(
  supergraph: string,
  options: GraphOptions,
  hot: readonly PlanTask[] = [],
): Promise<Graph> {
  const { limits, registered } = options;
  const split = splitSupergraph(supergraph);
  const authorisation = createAuthorisation(split);
  const planner = createPlanner({
    supergraph: split.supergraph,
    ...options.planner,
    budgetMs: limits?.planBudgetMs ?? PATIENT_MS,
  });
  const plans = createPlanStore(countPlans(planner, options.metrics));
  const server = createServer(split.supergraph, authorisation, planner, plans, options);
  try {
    await server.start();
    await planner.ready();
  } catch (error) {
    await planner.close();
    throw error;
  }
  await keepRegistered(plans, registered);
  await plans.warm(hot);
  return {
    server,
    plans,
    stop: async () => void (await Promise.all([server.stop(), planner.close()])),
  };
}

function createServer(
  supergraph: string,
  authorisation: Authorisation,
  planner: Planner,
  plans: PlanStore,
  options: GraphOptions,
): ApolloServer<GatewayContext> {
  const { subgraphs, openIntrospection, limits, whenWithheld, registered, persistedQueries, metrics, log } = options;
  const schemas = readSubgraphSchemas(supergraph);
  const gateway = createPlannedGateway(
    {
      supergraphSdl: supergraph,
      validateSupergraph: true,
      // On outside production by default, and then a header shows any caller the query plan.
      __exposeQueryPlanExperimental: false,
      logger: createLibraryLog(log, "planner"),
      buildService: ({ name, url }) => createDataSource(subgraphs.of(name, url), schemas.get(name)!, metrics),
    },
    {
      plans,
      planner,
      mixedIntrospection: limits === undefined,
      budgetOf: (text) => (registered.find({ text }) ? PATIENT_MS : undefined),
      maxValuesOf: (text) => (registered.find({ text }) ? undefined : limits?.answerValues),
      hideSuggestions: !openIntrospection,
      log,
    },
  );
  return new ApolloServer<GatewayContext>({
    gateway: authorise(gateway, authorisation, whenWithheld),
    nodeEnv: "production",
    introspection: true, // createIntrospectionGuard decides, by viewer
    hideSchemaDetailsFromClientErrors: !openIntrospection,
    validationOptions: { hideSuggestions: !openIntrospection },
    includeStacktraceInErrorResponses: false,
    // A page of others can't send these without the browser asking first, and CORS then refuses.
    csrfPrevention: limits !== undefined && {
      requestHeaders: ["authorization", "apollo-require-preflight", "x-apollo-operation-name"],
    },
    persistedQueries,
    allowBatchedHttpRequests: (limits?.batch ?? 1) > 1,
    stopOnTerminationSignals: false,
    maxRecursiveSelections: true,
    formatError: createErrorMask(log),
    logger: createLibraryLog(log, "server"),
    plugins: [
      createRegisteredOperation(registered),
      createOperationGuard(),
      createIntrospectionGuard(openIntrospection),
      createOperationReport(registered, metrics),
      createJsonStatus(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
}

function countPlans(planner: Planner, { plans }: GatewayMetrics): Pick<Planner, "plan"> {
  return {
    async plan(task, asked) {
      try {
        const planned = await planner.plan(task, asked);
        plans.inc({ outcome: "planned" });
        return planned;
      } catch (error) {
        plans.inc({ outcome: error instanceof PlanningRefused ? error.code : "failed" });
        throw error;
      }
    },
  };
}

/** Plans the registered operations, so that nobody waits for them, and keeps the plans, however much else is asked for. */
export function keepRegistered(plans: PlanStore, registered: RegisteredOperations): Promise<void> {
  const tasks = registered.all().map(({ body }) => ({ document: body, operationName: undefined }));
  return plans.keep(tasks, PATIENT_MS);
}
