/** What the gateway tells the page. */
export interface Settings {
  /** Whose tokens count; null where nobody signs in. */
  readonly issuer: string | null;
  /** The page's own client id at that issuer. */
  readonly client: string;
}

export async function readSettings(): Promise<Settings> {
  const response = await fetch("/explorer/settings.json");
  return (await response.json()) as Settings;
}
