import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { nonceMark } from './docs/page.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const page = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const script = `console.log(${JSON.stringify('x'.repeat(3000))})`;

function build(mark: string): void {
  const folder = join(server.folder, 'console');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'assets', 'index-Cq3_x-9A.js'), script);
  writeFileSync(join(folder, 'assets', 'plain.css'), 'body{}');
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta property="csp-nonce" nonce="${nonceMark}"><script type="module" nonce="${nonceMark}" src="/assets/index-Cq3_x-9A.js"></script><script>1</script><title>${mark}</title>`,
  );
}

test('before it is built, the front page says so and leads to what is there', async () => {
  const answer = await server.get('/', page);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('href="/docs"');
  expect((await server.get('/devices', page)).body.code).toBe(40401);
});

test('its pages open at every path that is not a program’s, each answer with a nonce of its own', async () => {
  build('first');
  const nonces = new Set<string>();
  for (const path of ['/', '/index.html', '/tasks', '/tasks/101?tab=trace', '/devices/emulator-5554']) {
    const answer = await server.get(path, page);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).not.toMatch(/unsafe-|https?:|\*/);
    const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(answer.text.split(`nonce="${nonce}"`)).toHaveLength(4); // meta, module, and the script that had none
    expect(answer.text).not.toContain(nonceMark);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(5);
});

test('programs that ask for something that is not there are told so, never given a page', async () => {
  for (const [path, headers] of [
    ['/api/v1/nothing', page],
    ['/api', page],
    ['/openapi.json/x', page],
    ['/tasks', {}],
    ['/tasks', { accept: '*/*' }],
    ['/tasks', { ...page, 'sec-fetch-mode': 'cors' }],
    ['/assets/index-gone.js', { accept: '*/*' }],
  ] as const) {
    const answer = await server.get(path, headers);
    expect([path, answer.status, answer.body?.code]).toEqual([path, 404, 40401]);
  }
  const post = await server.call('POST', '/tasks', { headers: page });
  expect([post.status, post.body.code]).toEqual([404, 40401]);
});

test('what is named by its content is kept for ever, the rest is asked for again', async () => {
  const hashed = await server.get('/assets/index-Cq3_x-9A.js');
  expect(hashed.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(hashed.text).toBe(script);
  const icon = await server.get('/favicon.svg');
  expect(icon.headers['cache-control']).toBe('no-cache');
  expect((await server.get('/assets/plain.css')).headers['cache-control']).toBe('no-cache');
  const again = await server.get('/favicon.svg', { 'if-none-match': String(icon.headers.etag) });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('large files travel packed to whoever takes it so', async () => {
  const reply = await fetch(`http://127.0.0.1:${server.port}/assets/index-Cq3_x-9A.js`, {
    headers: { 'accept-encoding': 'gzip' },
  });
  expect(reply.headers.get('content-encoding')).toBe('gzip');
  expect(await reply.text()).toBe(script);
});

test('nothing outside the folder can be asked for', async () => {
  for (const path of [
    '/../drover.db',
    '/%2e%2e/drover.db',
    '/..%2fdrover.db',
    '/assets/..%2f..%2fdrover.db',
    '/assets/%00',
    '//etc/passwd',
    '/%E0%A4%A',
  ]) {
    const answer = await server.get(path);
    expect([path, answer.status >= 400, answer.text.includes('SQLite')]).toEqual([path, true, false]);
  }
});

test('a new build is served without a new start', async () => {
  build('a second, longer title');
  expect((await server.get('/', page)).text).toContain('a second, longer title');
});

test('a link on another site opens a page, and reaches nothing else', async () => {
  const link = { ...page, 'sec-fetch-site': 'cross-site' };
  expect((await server.get('/tasks/101', link)).status).toBe(200);
  expect((await server.get('/docs', link)).status).toBe(200);
  for (const [path, headers] of [
    ['/api/v1/task', link],
    ['/healthz', link],
    ['/tasks/101', { ...link, 'sec-fetch-dest': 'iframe' }],
    ['/assets/index-Cq3_x-9A.js', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['/tasks/101', { ...link, host: 'evil.example' }],
    ['/tasks/101', { ...link, origin: 'https://evil.example' }],
  ] as const) {
    const answer = await server.get(path, headers);
    expect([path, answer.status, answer.body.code]).toEqual([path, 403, 40302]);
  }
});
