import { type CopiedRequest, hasVariables, tokenHint } from "./request.ts";

/** The request as commands of a POSIX shell. */
export function asCurl(request: CopiedRequest): string {
  const { url, query, variables, signedIn, actingOrganisation } = request;
  const body = JSON.stringify({ query, ...(hasVariables(request) && { variables }) });
  const lines = [
    `curl -s ${quote(url)}`,
    "-H 'content-type: application/json'",
    ...(signedIn ? ['-H "authorization: Bearer $TOKEN"'] : []),
    ...(actingOrganisation === null ? [] : [`-H ${quote(`x-acting-organisation: ${actingOrganisation}`)}`]),
    // Not -d: that would read a file where the text begins with an at sign, and drop its line breaks.
    `--data-raw ${quote(body)}`,
  ];
  return `${signedIn ? `${hint(request)}\n` : ""}${lines.join(" \\\n  ")}\n`;
}

function hint(request: CopiedRequest): string {
  return request.tokenCommand === null ? `# ${tokenHint(request)}` : tokenHint(request);
}

/** Between single quotes a shell reads everything as it is, but for the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
