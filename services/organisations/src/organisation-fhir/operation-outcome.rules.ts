import type { OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";

/** Something that a caller of the FHIR interface must be told, with the status that tells a machine. */
export class FhirProblem extends Error {
  readonly status: number;
  readonly code: OperationOutcomeIssue["code"];
  constructor(status: number, code: OperationOutcomeIssue["code"], message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function outcomeOf(
  code: OperationOutcomeIssue["code"],
  messages: readonly string[],
  severity: OperationOutcomeIssue["severity"] = "error",
): OperationOutcome {
  return {
    resourceType: "OperationOutcome",
    issue: messages.map((diagnostics) => ({ severity, code, diagnostics })),
  };
}

export function invalid(message: string): FhirProblem {
  return new FhirProblem(400, "invalid", message);
}

export function notSupported(message: string): FhirProblem {
  return new FhirProblem(400, "not-supported", message);
}

export function notFound(message: string): FhirProblem {
  return new FhirProblem(404, "not-found", message);
}
