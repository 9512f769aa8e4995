/** An operation isn't planned: it costs too much to plan, or too many others wait to be planned. */
export class PlanningRefused extends Error {
  override readonly name = "PlanningRefused";
  readonly code: "OPERATION_TOO_COSTLY" | "PLANNER_BUSY";

  constructor(code: PlanningRefused["code"], reason: string) {
    super(reason);
    this.code = code;
  }
}
