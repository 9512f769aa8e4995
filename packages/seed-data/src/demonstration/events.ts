/** A made-up event as far as other services refer to it; Events itself adds venue, capacity and bookings. */
export interface DemonstrationEvent {
  readonly key: string;
  readonly title: string;
  readonly kind: "WORKSHOP" | "TRAINING" | "ENGAGEMENT" | "SESSION";
  readonly status: "DRAFT" | "PUBLISHED" | "COMPLETED";
  readonly startsAt: string;
  readonly host: string;
  readonly workItem: string | null;
}

const workItems = [
  "demo-rpiw-1",
  "demo-rpiw-2",
  "demo-learning-1",
  "demo-leadership-1",
  "demo-improvement-1",
  "demo-learning-2",
  "demo-leadership-2",
  "demo-rpiw-3",
  "demo-improvement-2",
  "demo-learning-3",
  "demo-leadership-3",
  "demo-improvement-3",
];
const kinds = ["WORKSHOP", "WORKSHOP", "TRAINING", "SESSION", "ENGAGEMENT", "TRAINING"] as const;

/** Eighteen events, keys `demo-event-1` on: twelve published ones to come, four completed ones past, two drafts. */
export const demonstrationEvents: readonly DemonstrationEvent[] = Array.from({ length: 18 }, (_, index) => {
  const status = index < 12 ? "PUBLISHED" : index < 16 ? "COMPLETED" : "DRAFT";
  const month = index < 12 ? Date.UTC(2027, index % 12, 10 + index, 9, 30) : Date.UTC(2026, index - 12, 12, 13, 0);
  return {
    key: `demo-event-${index + 1}`,
    title: `Demonstration event ${index + 1}`,
    kind: kinds[index % kinds.length] as DemonstrationEvent["kind"],
    status,
    startsAt: new Date(month).toISOString(),
    host: ["CLIC", "demo-trust-1", "demo-council-1"][index % 3] as string,
    workItem: workItems[index % workItems.length] ?? null,
  };
});
