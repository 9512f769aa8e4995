import { readFileSync } from "node:fs";

/** An organisation as the founding report names it. Null: not stated. */
export interface FoundingOrganisation {
  readonly key: string;
  readonly name: string;
  readonly ods?: string | null;
  readonly base?: string;
  readonly unit?: string;
  readonly role?: string;
}

/** A person as the founding report speaks of them; the name is null where it gives none. */
export interface FoundingPerson {
  readonly key: string;
  readonly name: string | null;
  readonly role: string;
  /** The organisations they came from, by key, in order; empty where not stated. */
  readonly from: readonly string[];
  /** `YYYY-MM`, as precise as the report is; null where not stated. */
  readonly since: string | null;
}

/** A piece of work. `strategy` only where the report states one. */
export interface FoundingWorkItem {
  readonly key: string;
  readonly title: string;
  readonly strategy: "EDUCATION_LEARNING" | "PRODUCTION_SYSTEM" | "LEADERSHIP" | null;
  /** The report's own word for where it stands; ours stays null. */
  readonly reportedStatus: string | null;
  readonly reportedWhen: string | null;
}

/** An event. Dates as the report words them; ours stay null. */
export interface FoundingEvent {
  readonly key: string;
  readonly title: string;
  readonly reportedStatus: string | null;
  readonly reportedWhen: string | null;
  readonly audience: readonly string[];
}

interface Facts {
  readonly organisations: readonly FoundingOrganisation[];
  readonly collectives: readonly string[];
  readonly people: readonly {
    readonly name: string | null;
    readonly role: string;
    readonly joined?: { readonly org: string; readonly on: string };
    readonly count?: number;
    readonly from?: readonly string[];
    readonly start?: string;
  }[];
  readonly plans: readonly string[];
  readonly workItems: readonly (readonly [string, FoundingWorkItem["strategy"], string | null, string | null])[];
  readonly events: readonly (readonly [string, string | null, string | null, readonly string[] | null])[];
}

const facts = JSON.parse(readFileSync(new URL("facts.json", import.meta.url), "utf8")) as Facts;

/**
 * The facts of the founding report, as data. Keys are by place in the file (`founding-event-3`), so ids stay the same
 * as long as facts are only added at the end. What the report does not state is null and must stay null in the graph.
 */
export const founding = {
  organisations: facts.organisations,
  collectives: facts.collectives.map((name, index) => ({ key: `founding-collective-${index + 1}`, name })),
  plans: facts.plans.map((title, index) => ({ key: `founding-plan-${index + 1}`, title })),
  people: facts.people.flatMap((person, place): FoundingPerson[] =>
    Array.from({ length: person.count ?? 1 }, (_, index) => ({
      key: `founding-person-${place + 1}${person.count ? `-${index + 1}` : ""}`,
      name: person.name,
      role: person.role,
      from: person.joined ? [person.joined.org] : person.from?.[index] ? [person.from[index]] : [],
      since: person.joined?.on ?? person.start ?? null,
    })),
  ),
  workItems: facts.workItems.map(([title, strategy, reportedStatus, reportedWhen], index): FoundingWorkItem => ({
    key: `founding-work-item-${index + 1}`,
    title,
    strategy,
    reportedStatus,
    reportedWhen,
  })),
  events: facts.events.map(([title, reportedStatus, reportedWhen, audience], index): FoundingEvent => ({
    key: `founding-event-${index + 1}`,
    title,
    reportedStatus,
    reportedWhen,
    audience: audience ?? [],
  })),
} as const;
