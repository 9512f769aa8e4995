const inLondon = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" });

/** The ISO day of an instant where the collaborative is. */
export function dayOf(now: Date): string {
  return inLondon.format(now);
}

/** The ISO day before an ISO day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** The ISO day of a Date scalar, which is midnight UTC. */
export function isoDay(date: Date | string): string {
  return new Date(date).toISOString().slice(0, 10);
}
