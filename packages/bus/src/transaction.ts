/**
 * An open transaction on a service's database, its `search_path` on the service's schema. MikroORM's `em` inside
 * `em.transactional` is one as it stands. Outside a transaction an `em` has the same form, but then a fact and its
 * change commit apart: always pass the `em` that `em.transactional` gave.
 */
export interface Transaction {
  /** Runs one statement with `?` placeholders; resolves to its rows. */
  execute(sql: string, params: unknown[]): Promise<unknown>;
}
