import { DocExplorer, useDocExplorer } from "@graphiql/plugin-doc-explorer";
import { getNamedType, type GraphQLSchema, isNamedType, isType } from "graphql";
import { type FormEvent, type ReactNode, useMemo, useRef } from "react";
import type { Question } from "../question/read-question.ts";
import { exampleSubjects, writeExample } from "./write-example.ts";

/** The schema's own documentation, and a runnable example of everything in it. */
export function SchemaPanel(props: {
  readonly schema: GraphQLSchema | null;
  readonly onExample: (example: Question) => void;
}): ReactNode {
  const { schema, onExample } = props;
  const subjects = useMemo(() => (schema === null ? [] : exampleSubjects(schema)), [schema]);
  const shown = useShownSubject(schema);
  const field = useRef<HTMLInputElement>(null);

  function write(subject: string): void {
    const example = schema === null ? null : writeExample(schema, subject);
    field.current?.setCustomValidity(example === null ? "The schema has nothing of that name." : "");
    field.current?.reportValidity();
    if (example !== null) onExample(example);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    write(field.current?.value ?? "");
  }

  if (schema === null) {
    return (
      <p className="hint">The schema is shown to those who may read it: ask as a partner, an analyst or the office.</p>
    );
  }
  return (
    <div className="schema">
      <form className="field example" onSubmit={submit}>
        <label htmlFor="subject">An example of any type or root field</label>
        <div className="row">
          <input
            id="subject"
            ref={field}
            list="subjects"
            placeholder="Event, BookingWhere, Query.rpiws"
            onInput={() => field.current?.setCustomValidity("")}
          />
          <button type="submit">Write it</button>
        </div>
        <datalist id="subjects">
          {subjects.map((subject) => (
            <option key={subject}>{subject}</option>
          ))}
        </datalist>
      </form>
      {shown !== null && subjects.includes(shown) && (
        <button type="button" className="shown" onClick={() => write(shown)}>
          Write an example of <code>{shown}</code>
        </button>
      )}
      <DocExplorer />
    </div>
  );
}

/** What the documentation shows now: a type, or a root field; of any other field its type. */
function useShownSubject(schema: GraphQLSchema | null): string | null {
  const stack = useDocExplorer();
  const [shown, above] = [stack.at(-1), stack.at(-2)];
  if (schema === null || shown?.def === undefined) return null;
  if (isType(shown.def)) return isNamedType(shown.def) ? shown.def.name : null;
  const roots = [schema.getQueryType()?.name, schema.getMutationType()?.name];
  if (above !== undefined && roots.includes(above.name)) return `${above.name}.${shown.def.name}`;
  return getNamedType(shown.def.type).name;
}
