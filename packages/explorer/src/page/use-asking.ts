import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef, useState } from "react";
import { askGraph, firstText } from "./graph/ask.ts";
import type { Session } from "./identity/session.ts";
import { questions } from "./question/all-questions.ts";
import { type Question, withFound } from "./question/read-question.ts";

export interface Asking {
  /** What was loaded last; null once nothing was. */
  readonly question: Question | null;
  readonly isFetching: boolean;
  /** Loads a question and asks it, as who may ask it. With `load` it is not asked yet. */
  ask(question: Question, how?: "load"): Promise<void>;
  /** Asks what is in the editor, as somebody else. */
  askAs(who: string): Promise<void>;
  /** Asks what is in the editor. */
  again(): void;
}

/** Loads questions into GraphiQL's editors and runs them. The first is asked as soon as there are editors. */
export function useAsking(session: Session): Asking {
  const { queryEditor, variableEditor, responseEditor, isFetching } = useGraphiQL(
    pick("queryEditor", "variableEditor", "responseEditor", "isFetching"),
  );
  const { run } = useGraphiQLActions();
  const [question, setQuestion] = useState<Question | null>(null);
  // Who clicks twice wants the second: whatever the first still waits for is dropped.
  const latest = useRef(0);
  const begun = useRef(false);

  async function ask(asked: Question, how?: "load"): Promise<void> {
    const turn = ++latest.current;
    setQuestion(asked);
    queryEditor?.setValue(asked.query);
    variableEditor?.setValue(written(asked.variables));
    if (asked.as !== null && !(await session.become(asked.as))) return;
    let { variables } = asked;
    for (const { path, query } of asked.finds) {
      const { data } = await askGraph({ query, variables: {} }, session.headers());
      variables = withFound(variables, path, firstText(data));
    }
    if (turn !== latest.current) return;
    variableEditor?.setValue(written(variables));
    if (how === "load") return;
    run();
    // Where the page is one column, the answer is far below the question.
    if (window.matchMedia("(max-width: 48rem)").matches) document.getElementById("answer")?.scrollIntoView();
  }
  async function askAs(who: string): Promise<void> {
    const turn = ++latest.current;
    if ((await session.become(who)) && turn === latest.current) run();
  }

  useEffect(() => {
    const options = {
      fontSize: 13,
      fontFamily: getComputedStyle(document.body).getPropertyValue("--mono"),
      wordWrap: "on",
    } as const;
    for (const editor of [queryEditor, variableEditor, responseEditor]) editor?.updateOptions(options);
  }, [queryEditor, variableEditor, responseEditor]);

  const ready = queryEditor !== undefined && variableEditor !== undefined && responseEditor !== undefined;
  useEffect(() => {
    const [first] = questions;
    if (!ready || begun.current || first === undefined) return;
    begun.current = true;
    void ask(first);
  });
  return { question, isFetching, ask, askAs, again: run };
}

function written(variables: Readonly<Record<string, unknown>>): string {
  return Object.keys(variables).length === 0 ? "" : JSON.stringify(variables, null, 2);
}
