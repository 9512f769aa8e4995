import { getOperationAST, OperationTypeNode, parse } from "graphql";
import { type CopiedRequest, hasVariables, tokenHint } from "./request.ts";

/** The request as a program that uses Apollo Client 4. */
export function asApolloClient(request: CopiedRequest): string {
  const isMutation = operationOf(request.query) === OperationTypeNode.MUTATION;
  const [method, key] = isMutation ? ["mutate", "mutation"] : ["query", "query"];
  return `${hint(request)}import { ApolloClient, gql, HttpLink, InMemoryCache } from "@apollo/client";

const client = new ApolloClient({
  link: new HttpLink({ uri: ${JSON.stringify(request.url)}${headers(request, ", headers: ")} }),
  cache: new InMemoryCache(),
});

const document = gql\`
${indent(template(request.query))}
\`;

const { data, error } = await client.${method}({
  ${key}: document,${variables(request)}
  errorPolicy: "all",
});
console.log(JSON.stringify(data ?? null), error?.message ?? "");
`;
}

/** The request as a program that uses gql.tada, which types the answer by the graph's schema. */
export function asGqlTada(request: CopiedRequest): string {
  return `${hint(request)}import { graphql } from "gql.tada";
import { print } from "graphql";

const document = graphql(\`
${indent(template(request.query))}
\`);

const response = await fetch(${JSON.stringify(request.url)}, {
  method: "POST",
  headers: { "content-type": "application/json"${headers(request, ", ...")} },
  body: JSON.stringify({ query: print(document)${hasVariables(request) ? `, variables: ${JSON.stringify(request.variables)}` : ""} }),
});
const { data, errors } = await response.json();
console.log(JSON.stringify(data ?? null), errors?.[0]?.message ?? "");
`;
}

function operationOf(query: string): OperationTypeNode | undefined {
  try {
    return getOperationAST(parse(query))?.operation;
  } catch {
    return undefined; // It is copied as it stands; the graph will say what is wrong with it.
  }
}

function hint(request: CopiedRequest): string {
  return request.signedIn ? `// ${tokenHint(request)}\n` : "";
}

function headers({ signedIn, actingOrganisation }: CopiedRequest, before: string): string {
  const entries = [
    ...(signedIn ? ["authorization: `Bearer ${process.env.TOKEN}`"] : []),
    ...(actingOrganisation === null ? [] : [`"x-acting-organisation": ${JSON.stringify(actingOrganisation)}`]),
  ];
  return entries.length === 0 ? "" : `${before}{ ${entries.join(", ")} }`;
}

function variables(request: CopiedRequest): string {
  return hasVariables(request) ? `\n  variables: ${JSON.stringify(request.variables)},` : "";
}

/** The inside of a template literal that gives this text. */
function template(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${");
}

/** Two spaces deeper. Hazard: in a block string they are part of the text, so such a document stays where it is. */
function indent(text: string): string {
  return text.includes('"""') ? text : text.replaceAll(/^(?=.)/gm, "  ");
}
