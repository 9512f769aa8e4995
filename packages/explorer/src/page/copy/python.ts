import { type CopiedRequest, hasVariables, tokenHint } from "./request.ts";

/** The request as a Python program that uses requests. */
export function asPython(request: CopiedRequest): string {
  const { url, query, variables, signedIn, actingOrganisation } = request;
  const headers = [
    ...(signedIn ? [`    "authorization": f"Bearer {os.environ['TOKEN']}",`] : []),
    ...(actingOrganisation === null ? [] : [`    "x-acting-organisation": ${literal(actingOrganisation)},`]),
  ];
  return [
    ...(signedIn ? [`# ${tokenHint(request)}`, "import os", ""] : []),
    "import requests",
    "",
    `query = """\n${block(query)}\n"""`,
    ...(hasVariables(request) ? [`variables = ${literal(variables)}`] : []),
    ...(headers.length > 0 ? ["headers = {", ...headers, "}"] : []),
    "",
    "response = requests.post(",
    `    ${literal(url)},`,
    `    json={"query": query${hasVariables(request) ? ', "variables": variables' : ""}},`,
    ...(headers.length > 0 ? ["    headers=headers,"] : []),
    "    timeout=30,",
    ")",
    "answer = response.json()",
    'for error in answer.get("errors", []):',
    '    print(error["message"])',
    'print(answer.get("data"))',
    "",
  ].join("\n");
}

function block(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', (_, at: number) => (isLone(text, at) ? '"' : '\\"'));
}

/** A quote that can't be taken for part of the three that end a block. */
function isLone(text: string, at: number): boolean {
  return text[at - 1] !== '"' && text[at + 1] !== '"';
}

/** A JSON value in Python's spelling; strings are spelt the same in both. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${literal(name)}: ${literal(inner)}`)
      .join(", ")}}`;
  }
  return JSON.stringify(value);
}
