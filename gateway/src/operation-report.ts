import type { ApolloServerPlugin } from "@apollo/server";
import type { RegisteredOperations } from "@clic/registered-operations";
import type { GatewayContext } from "./gateway-context.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { createOperationLabels } from "./operation-labels.ts";

/** Counts, times and traces what is asked, by names out of bounded sets; errors by their codes. */
export function createOperationReport(
  registered: RegisteredOperations,
  { operationSeconds, errors: told }: GatewayMetrics,
): ApolloServerPlugin<GatewayContext> {
  const labelsOf = createOperationLabels(registered);
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async willSendResponse({
          request,
          source,
          operation,
          operationName,
          contextValue: { span },
          response: { body },
        }) {
          const { errors = [], data } = body.kind === "single" ? body.singleResult : {};
          for (const { extensions } of errors) told.inc({ code: String(extensions?.["code"]) });
          const client = request.http?.headers.get("apollographql-client-name");
          const labels = labelsOf({
            text: source,
            operationName: operation === undefined ? undefined : (operationName ?? undefined),
            client,
          });
          const outcome = errors.length === 0 ? "answered" : data ? "answered with errors" : "refused";
          operationSeconds.observe({ ...labels, outcome }, (performance.now() - began) / 1_000);
          if (span === undefined) return;
          if (operation) span.rename(`${operation.operation} ${labels.operation}`);
          span.tell({ ...labels, outcome, ...(operation && { operationType: operation.operation }) });
        },
      };
    },
  };
}
