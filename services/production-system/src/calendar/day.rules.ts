/** A calendar day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

const london = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London", dateStyle: "short" });

/** The day it is in Cumbria at this instant: due days are counted there, not in UTC. */
export function dayAt(instant: Date): Day {
  return london.format(instant);
}

/** The day of a `Date` argument, which arrives as midnight UTC. */
export function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** So many days later, by the calendar. */
export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return dayOf(date);
}
