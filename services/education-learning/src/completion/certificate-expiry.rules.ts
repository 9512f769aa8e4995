import { addDays, type Day, dueDays } from "./completion.rules.ts";

export type CertificateExpiry = "FROM_COMPLETION" | "FROM_PREVIOUS_EXPIRY" | "FIXED_DATE";

/** For so many months a certificate may be valid. */
export const mostMonths = 120;

/** The day so many months after another; the month's last where it has no such day, as PostgreSQL counts. */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** What is said of a certificate's validity as a completion is recorded. */
export interface AskedExpiry {
  readonly expiresOn: Day | null;
  readonly validMonths: number | null;
  readonly expiry: CertificateExpiry | null;
}

/** What is wrong with it, for a person to read; null when nothing is. */
export function expiryProblem({ expiresOn, validMonths, expiry }: AskedExpiry): string | null {
  if (expiresOn !== null && validMonths !== null)
    return "A certificate expires on a day or after some months: give expiresOn or validMonths.";
  if (validMonths !== null && (validMonths < 1 || validMonths > mostMonths))
    return `A certificate is valid for 1 to ${mostMonths} months.`;
  if (expiry === "FIXED_DATE" && expiresOn === null) return "A fixed date is given in expiresOn.";
  if (expiry !== null && expiry !== "FIXED_DATE" && validMonths === null)
    return "The months from a day are given in validMonths.";
  return null;
}

/** How a completion keeps its certificate's expiry. `countedFrom` is null where that is the completion's own day. */
export interface KeptExpiry {
  readonly expiresOn: Day | null;
  readonly validMonths: number | null;
  readonly countedFrom: Day | null;
}

/**
 * The dates of a certificate. From the previous expiry it is counted when it renews a certificate that was due then:
 * nobody loses days by renewing in time, and nobody gains a stock of them by renewing again and again.
 * @param previousExpiry the last day of the certificate that it renews; null when there is none
 */
export function certificateDates(completedOn: Day, asked: AskedExpiry, previousExpiry: Day | null): KeptExpiry {
  const { expiresOn, validMonths, expiry } = asked;
  if (validMonths === null) return { expiresOn, validMonths, countedFrom: null };
  const renews =
    expiry === "FROM_PREVIOUS_EXPIRY" &&
    previousExpiry !== null &&
    previousExpiry >= completedOn &&
    previousExpiry <= addDays(completedOn, dueDays);
  const countedFrom = renews ? previousExpiry : null;
  return { expiresOn: addMonths(countedFrom ?? completedOn, validMonths), validMonths, countedFrom };
}

/** Why a certificate expires when it does; null when it never expires. */
export function whyItExpires({ expiresOn, validMonths, countedFrom }: KeptExpiry): CertificateExpiry | null {
  if (expiresOn === null) return null;
  if (validMonths === null) return "FIXED_DATE";
  return countedFrom === null ? "FROM_COMPLETION" : "FROM_PREVIOUS_EXPIRY";
}
