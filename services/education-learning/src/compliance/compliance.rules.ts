import { isTooSmallFor, type Viewer } from "@clic/identity";

/** What the database counts of one organisation and course on a day. */
export interface ComplianceCounts {
  readonly organisationId: string;
  readonly courseId: string;
  readonly required: number;
  readonly valid: number;
  readonly due: number;
  readonly expired: number;
  readonly missing: number;
}

/** What a viewer is shown of it. */
export interface ShownCompliance {
  readonly courseId: string;
  readonly required: number | null;
  readonly valid: number | null;
  readonly due: number | null;
  readonly expired: number | null;
  readonly missing: number | null;
  readonly rate: number | null;
  readonly suppressed: boolean;
}

/** The share of those required whose certificate is in force; null where it is required of nobody. */
export function complianceRate({
  required,
  valid,
  due,
}: Pick<ComplianceCounts, "required" | "valid" | "due">): number | null {
  return required === 0 ? null : (valid + due) / required;
}

/**
 * The counts as this viewer may see them. Where one part is of a few, no part is shown, since the others would tell it. The
 * rate of enough people is shown all the same: it tells how many comply, and neither who nor in which way others don't.
 */
export function shownCompliance(viewer: Viewer, counts: ComplianceCounts): ShownCompliance {
  const { organisationId, courseId, required, valid, due, expired, missing } = counts;
  const small = (people: number): boolean => isTooSmallFor(viewer, organisationId, people);
  if (small(required)) return { courseId, ...noParts, required: null, rate: null, suppressed: true };
  const shown = { courseId, required, rate: complianceRate(counts) };
  if ([valid, due, expired, missing].some(small)) return { ...shown, ...noParts, suppressed: true };
  return { ...shown, valid, due, expired, missing, suppressed: false };
}

const noParts = { valid: null, due: null, expired: null, missing: null };
