import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../../test/support/http.ts';
import { insertReview } from '../store/reviews.ts';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.stop());

const make = (kind: 'draft' | 'doubt', body: object) =>
  server.store.write((tx) =>
    insertReview(tx, { kind, ...(kind === 'doubt' && { taskId: 5, effectId: 1 }), body: { ...body } }),
  );

test('a doubt shows both moments, with pictures one can open', async () => {
  const id = await make('doubt', {
    text: 'Did the post happen?',
    baseline: { videos: 3 },
    evidence: { picture: 'after.jpg', seen: 'blank', before: { picture: 'before.jpg', hierarchy: 'b.xml' } },
  });
  const { status, body } = await server.get(`/api/v1/review/${id}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: {
      id,
      kind: 'doubt',
      task_id: 5,
      text: 'Did the post happen?',
      verbs: ['done', 'not-done'],
      evidence: [
        {
          when: 'before',
          picture: '/api/v1/task/5/trace/before.jpg',
          hierarchy: '/api/v1/task/5/trace/b.xml',
          seen: '{"videos":3}',
        },
        { when: 'after', picture: '/api/v1/task/5/trace/after.jpg', hierarchy: null, seen: 'blank' },
      ],
      draft: null,
    },
  });
});

test('a draft is listed, rejected, and found among the decided with who it was', async () => {
  const id = await make('draft', {
    text: 'A comment',
    kind: 'comment',
    target: 't',
    prompt: 'p',
    state: 'ready',
    content: 'Hi',
  });
  const open = await server.get('/api/v1/review?kind=draft');
  expect(open.body).toMatchObject({ data: { total: 1, items: [{ id, draft: { state: 'ready', content: 'Hi' } }] } });
  const rejected = await server.post(`/api/v1/review/${id}/reject`, {});
  expect(rejected.body).toMatchObject({ data: { task_id: null, item: { decision: 'rejected', verbs: [] } } });
  expect((await server.get('/api/v1/review?kind=draft')).body).toMatchObject({ data: { total: 0 } });
  expect((await server.get('/api/v1/review?kind=draft&state=decided')).body).toMatchObject({
    data: { items: [{ id, decided_by: 'operator' }] },
  });
  expect((await server.post(`/api/v1/review/${id}/approve`, {})).status).toBe(400);
  expect((await server.get('/api/v1/review/9999')).body).toMatchObject({ code: 40401 });
});
