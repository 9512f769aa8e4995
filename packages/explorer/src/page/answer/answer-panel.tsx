import { pick, ResponseEditor, useGraphiQL, useMonaco } from "@graphiql/react";
import type { GraphQLSchema } from "graphql";
import { type ReactNode, useMemo, useState } from "react";
import { CopyPanel } from "../copy/copy-panel.tsx";
import type { CopiedRequest } from "../copy/request.ts";
import { graphUrl } from "../graph/ask.ts";
import type { Run } from "../graph/run.ts";
import { anonymous, askerNamed, askers } from "../identity/askers.ts";
import type { Identity } from "../identity/session.ts";
import { Tabs } from "../panel/tabs.tsx";
import { AnswerTables } from "./answer-tables.tsx";
import { findWithheld } from "./withheld.ts";
import { ProblemPanel, WithheldPanel } from "./withheld-panel.tsx";

/** The answer: what was withheld or went wrong, then the same data as tables and as JSON, and how to ask it elsewhere. */
export function AnswerPanel(props: {
  readonly run: Run | null;
  readonly schema: GraphQLSchema | null;
  readonly identity: Identity;
  readonly issuerUrl: string | null;
  readonly isAsking: boolean;
  readonly onAskAs: (who: string) => void;
}): ReactNode {
  const { run, schema, identity, issuerUrl, isAsking, onAskAs } = props;
  const [view, setView] = useState<"table" | "json" | "copy">("table");
  const hasMonaco = useMonaco(({ monaco }) => monaco !== undefined);
  const { tabs, activeTabIndex } = useGraphiQL(pick("tabs", "activeTabIndex"));
  const { query, variables } = tabs[activeTabIndex] ?? {};
  const withheld = useMemo(
    () => (run === null ? [] : findWithheld(run.answer, run.operation.query, schema)),
    [run, schema],
  );
  const request: CopiedRequest = {
    url: graphUrl(),
    query: query ?? "",
    variables: readVariables(variables ?? ""),
    signedIn: identity.who !== anonymous.name,
    tokenCommand: tokenCommand(identity.who, issuerUrl),
    actingOrganisation: identity.acting,
  };

  return (
    <section className="panel answer" id="answer" aria-labelledby="answer-title" tabIndex={-1} aria-busy={isAsking}>
      <header>
        <h2 id="answer-title">Answer</h2>
        <output className="hint">
          {isAsking ? "Asking…" : run === null ? "Nothing was asked yet." : summary(run, withheld.length)}
        </output>
      </header>
      {run !== null && <ProblemPanel run={run} />}
      {run !== null && <WithheldPanel withheld={withheld} run={run} onAskAs={onAskAs} />}
      <Tabs
        label="The answer as"
        selected={view}
        onSelect={setView}
        tabs={[
          {
            key: "table",
            label: "Table",
            content: run === null ? null : <AnswerTables data={run.answer.data} withheld={withheld} />,
          },
          { key: "json", label: "JSON", content: <div className="json">{hasMonaco && <ResponseEditor />}</div> },
          { key: "copy", label: "Copy as", content: <CopyPanel request={request} /> },
        ]}
      />
    </section>
  );
}

function summary({ answer, identity }: Run, withheld: number): string {
  const errors = answer.errors?.length ?? 0;
  return [
    `Answered ${askerNamed(identity.who).label} in ${answer.milliseconds} ms`,
    errors === 0 ? "no errors" : errors === 1 ? "one error" : `${errors} errors`,
    withheld === 0 ? "nothing withheld" : withheld === 1 ? "one field withheld" : `${withheld} fields withheld`,
  ].join(", ");
}

function readVariables(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text === "" ? "{}" : text) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

function tokenCommand(who: string, issuerUrl: string | null): string | null {
  if (!askers.some(({ name }) => name === who) || who === anonymous.name || issuerUrl === null) return null;
  return `${issuerUrl === "http://127.0.0.1:4010" ? "" : `ISSUER_URL=${issuerUrl} `}npx clic token --as ${who}`;
}
