import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { FhirProblem, outcomeOf } from "./operation-outcome.rules.ts";

export const fhirJson = "application/fhir+json; charset=utf-8";
const formats = new Set(["json", "application/fhir+json", "application/json", "text/json", "application/json+fhir"]);

/** Throws 406 where only XML or another version of FHIR would do. `_format` says more than Accept. */
export function refuseOtherFormats(request: FastifyRequest): void {
  const { _format: given } = request.query as { readonly _format?: string | readonly string[] };
  const format = typeof given === "string" ? given : given?.at(-1);
  const wanted = format === undefined ? (request.headers.accept ?? "*/*") : format.replace(" ", "+");
  const fits = wanted.split(",").some((one) => {
    const [type = "", ...rest] = one.split(";").map((part) => part.trim().toLowerCase());
    const version = rest.find((part) => part.startsWith("fhirversion="));
    const isOurs = formats.has(type) || type === "*/*" || type === "application/*";
    return isOurs && (version === undefined || version === "fhirversion=4.0");
  });
  if (!fits) throw new FhirProblem(406, "not-supported", "This server writes FHIR R4 as JSON: application/fhir+json.");
}

/**
 * Answers what a caller did wrong as an OperationOutcome. Throws everything else on to the service, which logs it, says no
 * more of it than may be said, and has its answer put into FHIR's words by {@link asOutcome}.
 */
export function answerProblem(
  error: FastifyError | FhirProblem,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (!(error instanceof FhirProblem)) throw error;
  if (error.status === 405) void reply.header("allow", "GET, HEAD");
  return reply
    .code(error.status)
    .type(fhirJson)
    .send(JSON.stringify(outcomeOf(error.code, [error.message])));
}

/** An answer of the service's own to an error, as an OperationOutcome; any other payload as it is. */
export function asOutcome(payload: unknown, reply: FastifyReply): unknown {
  const errors = (payload as { errors?: readonly { message: string }[] } | null)?.errors;
  if (reply.statusCode < 400 || errors === undefined) return payload;
  const code = reply.statusCode === 503 ? "transient" : reply.statusCode < 500 ? "invalid" : "exception";
  void reply.type(fhirJson);
  return outcomeOf(
    code,
    errors.map(({ message }) => message),
  );
}
