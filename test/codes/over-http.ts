/** Codes that a request is answered with, told by the header X-Error-Code. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeToken } from '../../src/http/tokens.ts';
import { upsertDevice } from '../../src/store/devices.ts';
import { moveTask } from '../../src/store/tasks.ts';
import { writeFilm } from '../support/film.ts';
import type { Answer, TestServer } from '../support/http.ts';
import type { Ended, Provocations } from './ended.ts';

const ended = ({ headers, body }: Answer): Ended => ({
  code: String(headers['x-error-code']),
  message: body.message,
});

const follow = { serials: ['A'], script_name: 'follow', script_config: { target_user: '@tom' } };

async function create(server: TestServer, body: object = follow): Promise<number> {
  const [id] = (await server.post('/api/v1/task', body)).body.data.task_ids as number[];
  return id ?? 0;
}

const act = (server: TestServer, id: number, verb: 'stop' | 'retry') =>
  server.call('POST', `/api/v1/task/${id}/${verb}`);

const importFile = async (server: TestServer, path: string): Promise<Ended> =>
  ended(await server.post('/api/v1/media/import', { paths: [path] }));

export const overHttp = {
  'input.invalid': async (server) => ended(await server.post('/api/v1/task', { ...follow, script_config: {} })),
  'input.script-missing': async (server) => ended(await server.post('/api/v1/task', { serials: ['A'] })),
  'input.script-unknown': async (server) =>
    ended(await server.post('/api/v1/task', { ...follow, script_name: 'scrape_user' })),
  'input.not-found': async (server) => ended(await server.get('/api/v1/task/999999')),
  'input.method': async (server) => ended(await server.call('PUT', '/api/v1/task/stats')),
  'input.too-large': async (server) =>
    ended(await server.post('/api/v1/task', { ...follow, padding: 'x'.repeat(20 * 1024 * 1024) })),
  'input.content-type': async (server) =>
    ended(await server.call('POST', '/api/v1/task', { headers: { 'content-type': 'text/plain' }, body: '{}' })),
  'input.rate': async (server) => {
    const { access } = server.settings;
    const { text } = await makeToken(server.store, { name: 'hasty', scope: 'read' }, 'anna');
    const ask = () => server.get('/api/v1/task/stats', { authorization: `Bearer ${text}` });
    server.settings.access = { ...access, perMinute: 1 };
    await ask();
    const answer = await ask();
    server.settings.access = access;
    return ended(answer);
  },
  'input.range': async (server) => {
    const path = join(server.folder, 'film.mp4');
    writeFilm(path, 'range');
    await server.post('/api/v1/media/import', { paths: [path] });
    return ended(await server.get('/api/v1/media/1/content', { range: 'bytes=999999999-' }));
  },
  'auth.token': async (server) => {
    const authorization = `Bearer drover_${'x'.repeat(43)}`;
    return ended(await server.get('/api/v1/task', { authorization }));
  },
  'auth.scope': async (server) => {
    const { text } = await makeToken(server.store, { name: 'looker-on', scope: 'read' }, 'anna');
    return ended(await server.post('/api/v1/task', follow, { authorization: `Bearer ${text}` }));
  },
  'auth.origin': async (server) => ended(await server.get('/api/v1/task', { origin: 'https://elsewhere.example' })),
  'licence.plan': async (server) => {
    const { licence } = server;
    server.licence = { plan_name: 'Starter', api_enabled: false, device_limit: 5, message: 'no API access' };
    const answer = await server.get('/api/v1/task');
    server.licence = licence;
    return ended(answer);
  },
  'conflict.idempotency': async (server) => {
    const headers = { 'idempotency-key': 'order-4711' };
    await server.post('/api/v1/task', follow, headers);
    return ended(await server.post('/api/v1/task', { ...follow, serials: ['B'] }, headers));
  },
  'conflict.name': async (server) => {
    await server.post('/api/v1/groups', { name: 'shelf' });
    return ended(await server.post('/api/v1/groups', { name: 'Shelf' }));
  },
  'conflict.in-use': async (server) => {
    await server.store.write((tx) => upsertDevice(tx, 'A', { state: 'ready' }));
    const account = { platform: 'tiktok', username: '@lena', device: 'A' };
    const { id } = (await server.post('/api/v1/accounts', account)).body.data;
    await create(server, { ...follow, serials: [], usernames: ['@lena'] });
    return ended(await server.call('DELETE', `/api/v1/accounts/${id}`));
  },
  'task.wrong-state': async (server) => {
    const id = await create(server);
    await act(server, id, 'stop');
    return ended(await act(server, id, 'stop'));
  },
  'task.retry-limit': async (server) => {
    const id = await create(server);
    await act(server, id, 'stop');
    for (let n = 0; n < 3; n++) {
      await act(server, id, 'retry');
      await act(server, id, 'stop');
    }
    return ended(await act(server, id, 'retry'));
  },
  'task.needs-review': async (server) => {
    const id = await create(server);
    await server.store.write(async (tx) => {
      await moveTask(tx, id, { from: 'pending', to: 'running' });
      await moveTask(tx, id, { from: 'running', to: 'unconfirmed' });
    });
    return ended(await act(server, id, 'retry'));
  },
  'media.missing': (server) => importFile(server, join(server.folder, 'gone.mp4')),
  'media.unusable': (server) => {
    const path = join(server.folder, 'letter.mp4');
    writeFileSync(path, 'a letter, no film');
    return importFile(server, path);
  },
  'media.too-large': async (server) => {
    const { maxMediaBytes } = server;
    const path = join(server.folder, 'large.mp4');
    writeFilm(path, 'large');
    server.maxMediaBytes = 1024;
    const failure = await importFile(server, path);
    server.maxMediaBytes = maxMediaBytes;
    return failure;
  },
  'media.outside-roots': (server) => {
    mkdirSync(join(server.folder, 'media'), { recursive: true });
    const path = join(server.folder, 'media', 'own.mp4');
    writeFilm(path, 'own');
    return importFile(server, path);
  },
} satisfies Provocations<TestServer>;
