import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export interface TabSpec<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly content: ReactNode;
}

/**
 * Tabs as the ARIA practices have them: one stop of the Tab key, arrows between them. Every panel stays mounted, so that an
 * editor in a hidden one keeps what it holds.
 */
export function Tabs<Key extends string>(props: {
  readonly label: string;
  readonly tabs: readonly TabSpec<Key>[];
  readonly selected: Key;
  readonly onSelect: (key: Key) => void;
}): ReactNode {
  const { label, tabs, selected, onSelect } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const at = tabs.findIndex(({ key }) => key === selected);
    const moves: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 };
    const to = moves[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  }

  return (
    <div className="tabs">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the tabs in it take the focus */}
      <div role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ key, label: name }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}-tab`}
            data-tab={key}
            aria-selected={key === selected}
            aria-controls={`${id}-${key}`}
            tabIndex={key === selected ? 0 : -1}
            onClick={() => onSelect(key)}
          >
            {name}
          </button>
        ))}
      </div>
      {tabs.map(({ key, content }) => (
        <div
          key={key}
          role="tabpanel"
          id={`${id}-${key}`}
          aria-labelledby={`${id}-${key}-tab`}
          hidden={key !== selected}
        >
          {content}
        </div>
      ))}
    </div>
  );
}
