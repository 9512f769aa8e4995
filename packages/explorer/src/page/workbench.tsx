import { pick, QueryEditor, useGraphiQL, useGraphiQLActions, useMonaco, VariableEditor } from "@graphiql/react";
import { type KeyboardEvent, type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { AnswerPanel } from "./answer/answer-panel.tsx";
import { SchemaPanel } from "./example/schema-panel.tsx";
import type { Run } from "./graph/run.ts";
import { IdentitySwitch } from "./identity/identity-switch.tsx";
import type { Session } from "./identity/session.ts";
import { Tabs } from "./panel/tabs.tsx";
import { HistoryPanel } from "./question/history-panel.tsx";
import { changesData } from "./question/read-question.ts";
import { QuestionList } from "./question/question-list.tsx";
import { useAsking } from "./use-asking.ts";

/** The page: what to ask on the left, the editor in the middle, the answer on the right; one below the other where narrow. */
export function Workbench(props: {
  readonly session: Session;
  readonly runs: readonly Run[];
  readonly issuerUrl: string | null;
  readonly problem: string | null;
}): ReactNode {
  const { session, runs, issuerUrl, problem } = props;
  const identity = useSyncExternalStore(session.subscribe, session.current);
  const { schema, isIntrospecting } = useGraphiQL(pick("schema", "isIntrospecting"));
  const { introspect, prettifyEditors, setTheme } = useGraphiQLActions();
  const hasMonaco = useMonaco(({ monaco }) => monaco !== undefined);
  const asking = useAsking(session);
  const [panel, setPanel] = useState<"questions" | "schema" | "history">("questions");

  useEffect(() => {
    if (!isIntrospecting && !schema) void introspect();
    // Somebody else may be allowed to read the schema.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [identity.who]);
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const follow = (): void => setTheme(null);
    dark.addEventListener("change", follow);
    return () => dark.removeEventListener("change", follow);
  }, [setTheme]);

  return (
    <>
      <a className="skip" href="#question">
        Skip to the editor
      </a>
      <a className="skip" href="#answer">
        Skip to the answer
      </a>
      <header className="top">
        <h1>
          The collaborative graph <span>Explorer</span>
        </h1>
        <IdentitySwitch session={session} identity={identity} />
      </header>
      {problem !== null && <p className="callout problem-panel">{problem}</p>}
      <main className="graphiql-container">
        <nav className="panel" aria-label="What to ask">
          <Tabs
            label="What to ask"
            selected={panel}
            onSelect={setPanel}
            tabs={[
              {
                key: "questions",
                label: "Questions",
                content: <QuestionList running={asking.question} onAsk={(question) => void asking.ask(question)} />,
              },
              {
                key: "schema",
                label: "Schema",
                content: (
                  <SchemaPanel
                    schema={schema ?? null}
                    onExample={(example) => void asking.ask(example, changesData(example) ? "load" : undefined)}
                  />
                ),
              },
              {
                key: "history",
                label: "History",
                content: <HistoryPanel runs={runs} onLoad={(question) => void asking.ask(question, "load")} />,
              },
            ]}
          />
        </nav>
        <section className="panel editor" id="question" aria-labelledby="question-title" tabIndex={-1}>
          <header>
            <h2 id="question-title">{asking.question?.title ?? "The question"}</h2>
            {asking.question !== null && changesData(asking.question) && (
              <p className="hint">This changes data when it is asked.</p>
            )}
            <div className="row">
              <button type="button" className="primary" disabled={asking.isAsking} onClick={asking.again}>
                {asking.isAsking ? "Asking…" : "Ask"}
              </button>
              <button type="button" onClick={() => void prettifyEditors()}>
                Tidy
              </button>
              <span className="hint">Ctrl-Enter asks. Enter goes into an editor, Esc out of it.</span>
            </div>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the editor in it bubble up */}
          <section className="operation" aria-label="Operation" onKeyDown={leaveOnEscape}>
            {hasMonaco && <QueryEditor onClickReference={() => setPanel("schema")} />}
          </section>
          <h3 id="variables-title">Variables</h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- as above */}
          <section className="variables" aria-labelledby="variables-title" onKeyDown={leaveOnEscape}>
            {hasMonaco && <VariableEditor />}
          </section>
        </section>
        <AnswerPanel
          run={runs[0] ?? null}
          schema={schema ?? null}
          identity={identity}
          issuerUrl={issuerUrl}
          isAsking={asking.isAsking}
          onAskAs={(who) => void asking.askAs(who)}
        />
      </main>
    </>
  );
}

/** In an editor the Tab key indents, so something else has to lead out. What closes the editor's own pop-ups comes first. */
function leaveOnEscape(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === "Escape") event.currentTarget.querySelector<HTMLElement>(".graphiql-editor")?.focus();
}
