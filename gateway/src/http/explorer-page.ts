/**
 * What every answer of the explorer carries. Scripts and workers come from here alone, nothing is evaluated, nothing but
 * this gateway and the issuer is asked, nobody frames it.
 *
 * `'unsafe-inline'` for styles alone, because the editor (Monaco) writes `<style>` elements for its themes and
 * `style="…"` into the lines it draws, and takes no nonce: take it out once Monaco does. `data:` images are the
 * squiggles in Monaco's style sheet.
 */
export function explorerHeaders(issuer: string | undefined): Readonly<Record<string, string>> {
  const policy = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": issuer === undefined ? "'self'" : `'self' ${issuer}`,
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  };
  return {
    "content-security-policy": Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    // The sign-in window belongs to the issuer, and comes back.
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "cross-origin-resource-policy": "same-origin",
  };
}

/** What `/` says until the page is there: it looks again by itself, without a script. */
export const buildingPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="2">
<title>Building · Explorer</title>
<style>
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; }
body { max-width: 36rem; margin: 20vh auto 0; padding: 0 1.5rem; }
</style>
</head>
<body>
<main>
<h1>The explorer is being built</h1>
<p>This happens once after each change of its sources, and takes some seconds. The page comes by itself.</p>
<p>The graph is ready meanwhile, at <code>/graphql</code>. Should this stay, the log <code>explorer.log</code> says why.</p>
</main>
</body>
</html>
`;
