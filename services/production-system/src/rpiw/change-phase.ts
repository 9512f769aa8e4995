import { rpiwPhaseChanged, writeFact } from "@clic/bus";
import { newUuid } from "@clic/global-id";
import { type Refusal, rollback, type UseCase } from "@clic/subgraph-kit";
import { PhaseChangeEntity, type Rpiw } from "./rpiw.entity.ts";
import { rpiwRefusals } from "./rpiw.refusals.ts";
import { isOpenTo, mayFollow, type RpiwAction, type RpiwPhase } from "./rpiw.rules.ts";

interface InPhase {
  readonly phase?: RpiwPhase | null | undefined;
}

/** The refusal of what this phase does not allow. */
export function phaseRefused(rpiw: InPhase, what: string): Refusal {
  const phase = rpiw.phase ?? null;
  return rpiwRefusals.RPIW_PHASE_REFUSED(
    `${what} not while ${phase === null ? "its phase is unknown" : `it is ${phase}`}.`,
    { phase },
  );
}

/** Null when the RPIW's phase allows the action; the refusal otherwise. */
export function refusedNow(rpiw: InPhase, action: RpiwAction, what: string): Refusal | null {
  return isOpenTo(action, rpiw.phase ?? null) ? null : phaseRefused(rpiw, what);
}

/**
 * Takes a locked RPIW into another phase: the row, its history and the fact, all in the use case's transaction. Undoes
 * the use case with a refusal where the phase may not follow.
 */
export async function changePhase(
  useCase: UseCase,
  rpiw: Rpiw,
  to: RpiwPhase,
  reason: string | null = null,
): Promise<void> {
  const { em, viewer, now } = useCase;
  if (!mayFollow(rpiw.phase ?? null, to)) rollback(phaseRefused(rpiw, `An RPIW becomes ${to}, but`));
  rpiw.phase = to;
  markEdited(rpiw);
  await em.flush();
  await em.insert(PhaseChangeEntity, {
    id: newUuid(),
    rpiwId: rpiw.id,
    phase: to,
    changedAt: now,
    changedById: viewer.personId,
    reason,
    source: "USER",
  });
  await writeFact(em, rpiwPhaseChanged, {
    aggregateId: rpiw.id,
    data: { workItemId: rpiw.id, phase: to, at: now.toISOString() },
    occurredAt: now,
  });
}

/** From its first edit on, a row of the founding report is bound by the rules like any other. */
export function markEdited(row: Rpiw): void {
  if (row.source === "FOUNDING") row.source = "USER";
}
