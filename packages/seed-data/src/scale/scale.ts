/** How much of everything a made-up data set at scale has. Counts are exact but where a comment says otherwise. */
export interface Scale {
  readonly name: string;
  readonly organisations: number;
  readonly people: number;
  /** Ten in thirteen are RPIWs. */
  readonly workItems: number;
  readonly supportRequests: number;
  readonly events: number;
  /** About so many; each event draws its own. */
  readonly bookings: number;
  readonly courses: number;
  readonly completions: number;
  readonly standards: number;
  readonly workbookExamples: number;
}

/** Every RPIW has so many measures. */
export const metricsOfRpiw = 5;

const county = {
  organisations: 100,
  people: 17_000,
  workItems: 520,
  supportRequests: 600,
  events: 5_000,
  bookings: 250_000,
  courses: 300,
  completions: 300_000,
  standards: 200,
  workbookExamples: 100,
} as const satisfies Omit<Scale, "name">;

type Counts = typeof county;

/** The names of the scales that there are, and how many counties each is. */
export const scaleNames = { county: 1, nation: 100 } as const;
export type ScaleName = keyof typeof scaleNames;

/** What keeps its shape needs so many at least, in however small a part: a block of organisations, of work items. */
const least: Partial<Record<keyof Counts, { readonly many: number; readonly multiple: number }>> = {
  organisations: { many: 20, multiple: 20 },
  people: { many: 400, multiple: 1 },
  workItems: { many: 39, multiple: 13 },
  supportRequests: { many: 60, multiple: 1 },
  courses: { many: 40, multiple: 1 },
  standards: { many: 20, multiple: 1 },
  workbookExamples: { many: 20, multiple: 1 },
};

/**
 * The scale of this name. `county/20` is a twentieth of it, for tests: never less than what keeps its shape. The things of a
 * smaller scale have the ids of the first things of a larger one. Throws where there is no such scale.
 */
export function scaleNamed(name: string): Scale {
  const [whole = "", divisor = "1"] = name.split("/");
  const factor = Object.hasOwn(scaleNames, whole) ? scaleNames[whole as ScaleName] / Number(divisor) : Number.NaN;
  if (!(factor > 0 && Number.isFinite(factor)))
    throw new Error(`There is no scale "${name}": there are ${Object.keys(scaleNames).join(" and ")}.`);
  const sized = (Object.keys(county) as (keyof Counts)[]).map((key) => {
    const { many, multiple } = least[key] ?? { many: 1, multiple: 1 };
    return [key, Math.max(many, Math.ceil((county[key] * factor) / multiple) * multiple)] as const;
  });
  return { name, ...(Object.fromEntries(sized) as Record<keyof Counts, number>) };
}

/** The day on which the made-up data stands still: what is later is planned, what is earlier has happened. */
export const referenceDay = "2026-11-23";

const dayMs = 86_400_000;
const reference = Date.parse(referenceDay);

/** The day so many days after the reference day, before it where negative. */
export function dayFromReference(days: number): string {
  return new Date(reference + days * dayMs).toISOString().slice(0, 10);
}

/** The instant so many days after the start of the reference day, at an hour of that day (UTC). */
export function timeFromReference(days: number, hour: number): Date {
  return new Date(reference + days * dayMs + hour * 3_600_000);
}
