import { type ReactNode, useState } from "react";
import { asCurl } from "./curl.ts";
import { asPython } from "./python.ts";
import type { CopiedRequest } from "./request.ts";
import { asApolloClient, asGqlTada } from "./typescript.ts";

const languages = {
  curl: { label: "curl", write: asCurl },
  apollo: { label: "Apollo Client", write: asApolloClient },
  tada: { label: "gql.tada", write: asGqlTada },
  python: { label: "Python", write: asPython },
} as const;

/** What is in the editor now, for use elsewhere. A token is never part of it. */
export function CopyPanel({ request }: { readonly request: CopiedRequest }): ReactNode {
  const [language, setLanguage] = useState<keyof typeof languages>("curl");
  const [copied, setCopied] = useState(false);
  const text = languages[language].write(request);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }
  return (
    <div className="copy">
      <div className="row">
        <fieldset>
          <legend className="visually-hidden">Copy as</legend>
          {Object.entries(languages).map(([key, { label }]) => (
            <label key={key}>
              <input
                type="radio"
                name="language"
                checked={key === language}
                onChange={() => {
                  setLanguage(key as keyof typeof languages);
                  setCopied(false);
                }}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
        <output>{copied ? "Copied." : ""}</output>
      </div>
      {/* It scrolls, so the keyboard has to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="text" tabIndex={0} aria-label={`The request as ${languages[language].label}`}>
        <pre>
          <code>{text}</code>
        </pre>
      </section>
    </div>
  );
}
