import type { DocumentNode } from "graphql";
import { type ResponseError, type SortedErrors, sortErrors } from "./graph-error.ts";

interface Decoration<Result, Variables> {
  // A method, so that a document of narrower variables is taken too; TypedDocumentNode declares it so.
  __apiType?: (variables: Variables) => Result;
}

/** A string, or an object that is one, as graphql-codegen's documents are in its `documentMode: "string"`. */
interface Text {
  toString(): string;
  valueOf(): string;
}

/** A document that knows its types: graphql-codegen's and gql.tada's are some, as nodes or as strings. */
export type TypedDocument<Result, Variables> = (DocumentNode | Text) & Decoration<Result, Variables>;

export interface GraphOptions {
  /** `https://…/graphql`. */
  readonly url: string;
  /** The access token, or what gives one for each request; none: what is public. */
  readonly token?: string | (() => string | null | Promise<string | null>);
  /** The organisation (`org_…`) that a person with several memberships acts for. */
  readonly actingOrganisation?: string;
  readonly fetch?: typeof fetch;
}

export interface GraphAnswer<Result> {
  /** What came. Where it has a null that `errors` explains, the types allow the null. */
  readonly data: Result;
  readonly errors: SortedErrors;
}

/** That nothing came: no field of the whole request could be answered, and `errors` says why. */
export class GraphRequestFailed extends Error {
  override readonly name = "GraphRequestFailed";
  readonly status: number;
  readonly errors: SortedErrors;

  constructor(message: string, status: number, errors: SortedErrors) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export interface Graph {
  /** Asks once. Rejects with `GraphRequestFailed` when there is no data at all, and with what `fetch` rejects with. */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...variables: Record<never, never> extends Variables ? [Variables?] : [Variables]
  ): Promise<GraphAnswer<Result>>;
  /**
   * The pages of a connection, one request each, from the variables' own `after` on. The document takes `$after` and
   * selects `pageInfo { hasNextPage endCursor }`. Rejects when a page is null, rather than end as if there were no more.
   */
  pages<Result, Variables extends { readonly after?: string | null | undefined }, Page extends Connection>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    connection: (data: Result) => Page | null | undefined,
  ): AsyncGenerator<Page, void, undefined>;
}

interface Connection {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface ResponseBody {
  readonly data?: unknown;
  readonly errors?: readonly ResponseError[];
}

/** The graph over `fetch`, for scripts and small programs: no cache. Apollo Client is the client for a front end. */
export function connectGraph(options: GraphOptions): Graph {
  const ask = async <Result>(
    document: TypedDocument<Result, never>,
    variables: unknown,
  ): Promise<GraphAnswer<Result>> => {
    const token = typeof options.token === "function" ? await options.token() : options.token;
    const response = await (options.fetch ?? fetch)(options.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json;q=0.9",
        ...(token && { authorization: `Bearer ${token}` }),
        ...(options.actingOrganisation && { "x-acting-organisation": options.actingOrganisation }),
      },
      body: JSON.stringify({ query: await textOf(document), variables }),
    });
    const { data, errors: told } = await bodyOf(response);
    const errors = sortErrors(told);
    if (data === null || data === undefined)
      throw new GraphRequestFailed(told?.[0]?.message ?? "The graph gave no data.", response.status, errors);
    return { data: data as Result, errors };
  };
  return {
    request: (document, ...[variables]) => ask(document, variables),
    pages: async function* (document, variables, connection) {
      for (let after = variables.after, more = true; more;) {
        const { data, errors } = await ask(document, { ...variables, after });
        const page = connection(data);
        if (!page) throw new GraphRequestFailed("A page did not come.", 200, errors);
        yield page;
        more = page.pageInfo.hasNextPage && page.pageInfo.endCursor !== after;
        after = page.pageInfo.endCursor;
      }
    },
  };
}

async function textOf(document: DocumentNode | Text): Promise<string> {
  if (typeof document !== "object" || !("kind" in document)) return document.toString();
  // Only nodes need the library.
  const { print } = await import("graphql");
  return print(document);
}

async function bodyOf(response: Response): Promise<ResponseBody> {
  try {
    return (await response.json()) as ResponseBody;
  } catch {
    const code = response.status >= 502 && response.status <= 504 ? "UNAVAILABLE" : "INTERNAL";
    const message = `The answer (HTTP ${response.status}) is not of the graph.`;
    return { errors: [{ message, extensions: { code } }] };
  }
}
