import { AsyncLocalStorage } from "node:async_hooks";
import { ApolloGateway, type GatewayConfig } from "@apollo/gateway";
import type { ApolloServerOptions } from "@apollo/server";
import { countValues } from "@clic/operation-limits";
import { type PlanStore, type Planner, PlanningRefused } from "@clic/query-planning";
import { type GraphQLError, getVariableValues, print } from "graphql";
import type { Logger } from "pino";
import type { GatewayContext } from "../gateway-context.ts";
import { refuse } from "../refuse.ts";
import { createIntrospectionLook } from "./introspection.ts";

type QueryPlan = Awaited<ReturnType<PlanStore["planOf"]>>;
/** What Apollo Server asks of a gateway. */
export type Gateway = Extract<ApolloServerOptions<never>, { gateway: object }>["gateway"];

/** Mistakes in variables that are told one by one; a body can hold tens of thousands. */
const MAX_MISTAKES = 5;

export interface PlannedGatewayOptions {
  readonly plans: Pick<PlanStore, "planOf">;
  readonly planner: Pick<Planner, "introspect">;
  /** Whether an operation may ask for the schema and for data at once; the library answers that on the event loop. */
  readonly mixedIntrospection: boolean;
  /** How long the plan of an operation may take; undefined for the planner's own budget. */
  readonly budgetOf: (text: string) => number | undefined;
  /** How many values an operation with this text may bring; undefined for any number. */
  readonly maxValuesOf: (text: string) => number | undefined;
  readonly hideSuggestions: boolean;
  readonly log: Logger;
}

/**
 * Apollo's gateway, with plans that are made elsewhere: the library would plan on the event loop and remember under the
 * text that was sent. Its own planner is never asked; without a plan a request fails. Questions about the schema are
 * answered elsewhere, too: with aliases, a short one takes seconds.
 */
export function createPlannedGateway(config: GatewayConfig, options: PlannedGatewayOptions): Gateway {
  const { plans, planner, budgetOf, maxValuesOf, hideSuggestions, mixedIntrospection, log } = options;
  const introspectionOf = createIntrospectionLook();
  const told = (error: unknown): never => {
    throw error instanceof PlanningRefused ? tellRefusal(error, log) : error;
  };
  const planned = new AsyncLocalStorage<QueryPlan>();
  const cache = {
    get: async () => planned.getStore() ?? Promise.reject(new Error("the library was asked without a plan")),
    set: async () => {},
    delete: async () => true,
    clear() {},
  };
  const library = new ApolloGateway({ ...config, queryPlannerConfig: { ...config.queryPlannerConfig, cache } });
  return {
    onSchemaLoadOrUpdate: (callback) => library.onSchemaLoadOrUpdate(callback),
    async load(loadOptions) {
      const { executor } = await library.load(loadOptions);
      return {
        async executor(context) {
          const { document, source, request, schema, operation } = context;
          const { sender } = context.context as GatewayContext;
          const limits = { maxErrors: MAX_MISTAKES, hideSuggestions };
          const definitions = operation.variableDefinitions ?? [];
          const { errors, coerced } = getVariableValues(schema, definitions, request.variables ?? {}, limits);
          if (errors) return { errors };
          const { operationName, variables } = request;
          const introspection = introspectionOf(document, operation);
          if (introspection === "all")
            return planner.introspect({ document: print(document), operationName, variables }, sender).catch(told);
          if (introspection === "some" && !mixedIntrospection)
            throw refuse(400, "INTROSPECTION_REFUSED", "Ask for the schema in an operation of its own.");
          const most = maxValuesOf(source);
          if (most !== undefined && countValues({ schema, document, operation, variables: coerced }) > most)
            throw refuse(
              400,
              "TOO_MANY_ROWS",
              `The operation may bring more than ${most} values. Ask for smaller pages.`,
            );
          const asked = { budgetMs: budgetOf(source), sender };
          const plan = await plans.planOf(document, operationName, asked).catch(told);
          return planned.run(plan, () => executor(context));
        },
      };
    },
    stop: () => library.stop(),
  };
}

function tellRefusal({ code, message }: PlanningRefused, log: Logger): GraphQLError {
  log.warn({ code, reason: message }, "operation is not planned");
  if (code === "OPERATION_TOO_COSTLY")
    return refuse(400, code, "The operation takes too long to plan. Ask for less at once, or with fewer fragments.");
  return refuse(503, "OVERLOADED", "Too many new operations wait to be planned. Try again.", { "retry-after": "1" });
}
