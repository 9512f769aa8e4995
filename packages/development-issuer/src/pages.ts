import { users } from "./users.ts";

/** Headers of every page: nothing but itself may load, and nobody may frame it. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
};

/** The page on which somebody chooses whom to be. */
export function signInPage(client: string): string {
  const choices = users.map(
    ({ name, description }) =>
      `<li><button name="username" value="${escape(name)}" aria-describedby="about-${escape(name)}">` +
      `Sign in as ${escape(name)}</button> <span id="about-${escape(name)}">${escape(description)}</span></li>`,
  );
  return page(
    "Sign in",
    `<p>${escape(client)} asks who you are. This issuer is for development: choose anybody, there are no passwords.</p>
<form method="post"><ul>
${choices.join("\n")}
</ul></form>`,
  );
}

/** The page for a sign-in that can't go on. */
export function errorPage(message: string): string {
  return page(
    "This sign-in can't go on",
    `<p>${escape(message)}</p><p>Go back to where you came from and try again.</p>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · development issuer</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
ul { list-style: none; padding: 0; }
li { margin: 0.75rem 0; }
button { font: inherit; min-width: 12rem; min-height: 2.75rem; cursor: pointer; }
</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
