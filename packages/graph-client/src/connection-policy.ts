interface PageInfo {
  readonly startCursor?: string | null;
  readonly endCursor?: string | null;
}

/** A connection, or a page of one, as Apollo Client's cache keeps it. */
export interface StoredConnection {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly { readonly cursor?: string | null }[];
  readonly pageInfo?: PageInfo;
  /** Cursor → how many rows end with its row: where a page may be put on. */
  readonly cuts?: Readonly<Record<string, number>>;
}

/** A field policy, in the form that Apollo Client takes. */
export interface ConnectionPolicy {
  keyArgs(args: Readonly<Record<string, unknown>> | null): string[];
  merge(
    existing: StoredConnection | null | undefined,
    incoming: StoredConnection | null,
    options: { readonly args: Readonly<Record<string, unknown>> | null },
  ): StoredConnection | null;
}

/**
 * Puts the pages of a connection together: what comes `after` a cursor replaces what stood behind it, what comes `before`
 * one is put in front. Apollo Client's `relayStylePagination` does so for `edges`; this does it for `nodes` too.
 * A page whose cursor is not in the list replaces the list, so a list never has a gap.
 *
 * Hazard: another `first`, `where` or `orderBy` is another list; fetch more with the ones the list began with.
 */
export const connectionPolicy: ConnectionPolicy = {
  keyArgs: (args) =>
    Object.keys(args ?? {})
      .filter((name) => name !== "after" && name !== "before")
      .sort(),

  merge(existing, incoming, { args }) {
    if (!existing || !incoming) return incoming && { ...incoming, cuts: cutsOf(incoming, 0) };
    // Figures alone, such as totalCount, leave the rows as they are.
    if (incoming.nodes === undefined && incoming.edges === undefined) return { ...existing, ...incoming };
    const cut = (name: string): number | undefined => existing.cuts?.[String(args?.[name])];
    const head = cut("after") ?? 0;
    const from = cut("before");
    const tail = from === undefined ? rowsOf(existing) : from - 1;
    const put = <Row>(rows: readonly Row[] = [], page: readonly Row[] = []): readonly Row[] => [
      ...rows.slice(0, head),
      ...page,
      ...rows.slice(tail),
    ];
    const shift = head + rowsOf(incoming) - tail;
    const kept = Object.entries(existing.cuts ?? {}).flatMap(([cursor, rows]) =>
      rows <= head ? [[cursor, rows] as const] : rows > tail ? [[cursor, rows + shift] as const] : [],
    );
    return {
      ...existing,
      ...incoming,
      ...(incoming.nodes && { nodes: put(existing.nodes, incoming.nodes) }),
      ...(incoming.edges && { edges: put(existing.edges, incoming.edges) }),
      ...(incoming.pageInfo && { pageInfo: pageInfoOf(existing, incoming.pageInfo, head > 0, from !== undefined) }),
      cuts: { ...Object.fromEntries(kept), ...cutsOf(incoming, head) },
    };
  },
};

function rowsOf({ nodes, edges }: StoredConnection): number {
  return (nodes ?? edges ?? []).length;
}

function cutsOf(page: StoredConnection, before: number): Record<string, number> {
  const { startCursor, endCursor } = page.pageInfo ?? {};
  const rows = rowsOf(page);
  const cursors = (page.edges ?? []).map(({ cursor }, index) => [cursor, before + index + 1] as const);
  const ends = [
    [startCursor, before + 1],
    [endCursor, before + rows],
  ] as const;
  const all = [...cursors, ...(rows > 0 ? ends : [])];
  return Object.fromEntries(all.flatMap(([cursor, cut]) => (cursor == null ? [] : [[cursor, cut] as const])));
}

/** Each end of the list is told by the page that lies there. */
function pageInfoOf({ pageInfo }: StoredConnection, page: PageInfo, appended: boolean, prepended: boolean): PageInfo {
  const { startCursor, hasPreviousPage, endCursor, hasNextPage } = { ...pageInfo } as Record<string, unknown>;
  return {
    ...page,
    ...(appended && { startCursor, hasPreviousPage }),
    ...(prepended && { endCursor, hasNextPage }),
  } as PageInfo;
}
