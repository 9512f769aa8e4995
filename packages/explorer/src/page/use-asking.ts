import { pick, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useEffect, useRef, useState } from "react";
import { askGraph, firstText } from "./graph/ask.ts";
import type { Session } from "./identity/session.ts";
import { questions } from "./question/all-questions.ts";
import { type Question, withFound } from "./question/read-question.ts";

export interface Asking {
  /** What was loaded last; null once nothing was. */
  readonly question: Question | null;
  /** From the click until there is an answer, signing in and looking up included. */
  readonly isAsking: boolean;
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
  const [preparing, setPreparing] = useState(false);
  // Who clicks twice wants the second: whatever the first still waits for is dropped.
  const latest = useRef(0);
  const begun = useRef(false);

  async function ask(asked: Question, how?: "load"): Promise<void> {
    setQuestion(asked);
    queryEditor?.setValue(asked.query);
    variableEditor?.setValue(written(asked.variables));
    await prepare(async (isLatest) => {
      if (asked.as !== null && !(await session.become(asked.as))) return;
      let { variables } = asked;
      for (const { path, query } of asked.finds) {
        const { data } = await askGraph({ query, variables: {} }, session.headers());
        variables = withFound(variables, path, firstText(data));
      }
      if (!isLatest()) return;
      variableEditor?.setValue(written(variables));
      if (how === "load") return;
      run();
      // Where the page is one column, the answer is far below the question.
      if (window.matchMedia("(max-width: 48rem)").matches) document.getElementById("answer")?.scrollIntoView();
    });
  }
  function askAs(who: string): Promise<void> {
    return prepare(async (isLatest) => {
      if ((await session.become(who)) && isLatest()) run();
    });
  }
  async function prepare(work: (isLatest: () => boolean) => Promise<void>): Promise<void> {
    const turn = ++latest.current;
    const isLatest = (): boolean => turn === latest.current;
    setPreparing(true);
    try {
      await work(isLatest);
    } finally {
      if (isLatest()) setPreparing(false);
    }
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
  return { question, isAsking: preparing || isFetching, ask, askAs, again: run };
}

function written(variables: Readonly<Record<string, unknown>>): string {
  return Object.keys(variables).length === 0 ? "" : JSON.stringify(variables, null, 2);
}
