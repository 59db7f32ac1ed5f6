import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { nonceMark } from './docs/page.ts';
import { resource } from './resource.ts';

/**
 * The page that a login link opens. The code stands behind the # of the address, so it is in no log and no Referer; the
 * page sends it once and goes on to the console.
 */
export function loginPage(app: FastifyInstance): void {
  resource(app, '/login', {
    async GET(_, reply) {
      const nonce = randomBytes(16).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policy(nonce))
        .header('cross-origin-opener-policy', 'same-origin')
        .header('referrer-policy', 'no-referrer')
        .send(page.replaceAll(nonceMark, nonce));
    },
  });
}

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Drover: log in</title>
<style nonce="${nonceMark}">
:root { color-scheme: light dark; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 28rem; margin: 4rem auto; padding: 0 1rem; }
input, button { font: inherit; padding: .45rem .8rem; width: 100%; box-sizing: border-box; margin-top: .5rem; }
</style>
</head>
<body>
<main>
<h1>Log in</h1>
<p id="said" role="status"></p>
<form id="form">
<label for="token">A token of this server, or the link that <code>drover login</code> prints on its machine</label>
<input id="token" type="password" autocomplete="current-password" spellcheck="false" required>
<button>Log in</button>
</form>
</main>
<script nonce="${nonceMark}">
const said = document.getElementById('said');
async function logIn(body) {
  said.textContent = 'Logging in …';
  try {
    const reply = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { code, message } = await reply.json();
    if (code === 0) location.replace('/');
    else said.textContent = message;
  } catch {
    said.textContent = 'The server does not answer.';
  }
}
const code = location.hash.slice(1);
if (code) {
  history.replaceState(null, '', '/login');
  logIn({ code });
}
document.getElementById('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = document.getElementById('token').value.trim();
  const link = text.split('#')[1];
  logIn(link ? { code: link } : text.startsWith('drover_login_') ? { code: text } : { token: text });
});
</script>
</body>
</html>
`;
