import { createHash } from "node:crypto";
import { decodeGlobalId } from "@clic/global-id";
import type { MigrationObject } from "@mikro-orm/core";
import { Migration } from "@mikro-orm/migrations";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { UseCase } from "./context.ts";
import { commonRefusals, type Refusal } from "./errors/refusal.ts";
import { Rollback } from "./transact.ts";

interface Sent {
  /** The mutation's name: a key belongs to one. */
  readonly mutation: string;
  /** Its whole input; with another one the key is refused. */
  readonly input: { readonly idempotencyKey?: string | null };
}

const longest = 200;

/**
 * Runs a use case once for each person and `idempotencyKey`, whatever happens to the answer on its way. Who sends the same
 * key with the same input again gets the answer of the first time, refusals included, for seven days; while the first is
 * under way, the second waits for it. The same key with anything else is refused (INVALID_INPUT). Without a key, or for
 * who is no person, it simply runs. What fails unexpectedly is not remembered, and so may be sent again.
 *
 * Hazard: an answer is kept as JSON, so `work` answers with ids and refusals, not with rows.
 */
export async function once<Answer extends object>(
  useCase: UseCase,
  { mutation, input: { idempotencyKey: key, ...input } }: Sent,
  work: (useCase: UseCase) => Promise<Answer>,
): Promise<Answer | Refusal<"InvalidInput", "INVALID_INPUT">> {
  const { em, viewer } = useCase;
  if (key == null || viewer.personId === null) return await work(useCase);
  if (key.length < 1 || key.length > longest)
    return commonRefusals.INVALID_INPUT(`An idempotencyKey has 1 to ${longest} characters.`);
  const person = decodeGlobalId(viewer.personId, "Person").uuid;
  const table = `"${em.config.get("schema")}".idempotency_key`;
  const hash = createHash("sha256")
    .update(JSON.stringify([mutation, inOrder(input)]))
    .digest("hex");
  await em.execute(`delete from ${table} where person_id = ? and made_at < now() - interval '7 days'`, [person]);
  // Waits for whoever has sent the same key and is not done; finds nothing to conflict with when they were undone.
  const added = await em.execute<object[]>(
    `insert into ${table} (person_id, key, input_hash) values (?, ?, ?) on conflict do nothing returning key`,
    [person, key, hash],
  );
  if (added.length === 0) return await answerOf<Answer>(em, table, [person, key], hash);
  const answer = await undoable(useCase, work);
  await em.execute(`update ${table} set answer = ? where person_id = ? and key = ?`, [
    JSON.stringify(answer),
    person,
    key,
  ]);
  return answer;
}

async function answerOf<Answer>(em: EntityManager, table: string, place: readonly string[], hash: string) {
  const [first] = await em.execute<{ input_hash: string; answer: Answer }[]>(
    `select input_hash, answer from ${table} where person_id = ? and key = ?`,
    place,
  );
  if (first === undefined || first.input_hash !== hash)
    return commonRefusals.INVALID_INPUT(
      "This idempotencyKey was sent with another input. Use a new one for each thing that you want done.",
    );
  return first.answer;
}

/** In a savepoint of its own, so that a refusal which undoes what was written leaves room to remember it. */
async function undoable<Answer>(useCase: UseCase, work: (useCase: UseCase) => Promise<Answer>): Promise<Answer> {
  try {
    return await useCase.em.transactional((em) => work({ ...useCase, em }));
  } catch (error) {
    if (error instanceof Rollback) return error.refusal as Answer;
    throw error;
  }
}

/** The same text for the same input, in whichever order a client names the fields. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, one]) => [name, inOrder(one)]),
  );
}

/** The migration that gives a service's schema the table behind {@link once}. Everybody sees and writes their own keys alone. */
export function idempotencyMigration(schema: string): MigrationObject {
  class IdempotencyKeys extends Migration {
    override up(): void {
      this.addSql(`
create table ${schema}.idempotency_key (
  person_id uuid not null,
  key text not null check (length(key) between 1 and ${longest}),
  input_hash text not null,
  answer jsonb,
  made_at timestamptz not null default now(),
  primary key (person_id, key)
);
alter table ${schema}.idempotency_key enable row level security;
alter table ${schema}.idempotency_key force row level security;
create policy own_keys on ${schema}.idempotency_key for all
  using (person_id = (select ${schema}.viewer_person())) with check (person_id = (select ${schema}.viewer_person()));`);
    }
  }
  return { name: "kit-idempotency-keys", class: IdempotencyKeys };
}
