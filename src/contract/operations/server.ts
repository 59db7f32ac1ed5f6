import { License, LicenseCheck, LicenseKey } from '../license.ts';
import { defineOperation } from '../operation.ts';

export const checkLicense = defineOperation({
  id: 'checkLicense',
  method: 'GET',
  path: '/license/check',
  tag: 'Server',
  scope: 'read',
  summary: 'Check that the plan allows the API',
  data: LicenseCheck,
});

export const showLicense = defineOperation({
  id: 'showLicense',
  method: 'GET',
  path: '/license',
  tag: 'Server',
  scope: 'read',
  summary: 'Show the plan and the installed licence',
  description: 'Answers whatever the plan is. The key itself is never shown.',
  data: License,
});

export const installLicense = defineOperation({
  id: 'installLicense',
  method: 'POST',
  path: '/license',
  tag: 'Server',
  scope: 'admin',
  summary: 'Install a licence',
  description:
    'It takes the place of the one before and counts at once. A key that is not signed by the vendor, has expired or belongs to another machine is refused, and the one before stays.',
  body: LicenseKey,
  data: License,
  examples: [{ name: 'a key', body: { key: 'eyJhbGciOiJFZERTQSJ9.eyJwbGFuIjoiUHJvIn0.c2lnbmF0dXJl' } }],
});

export const streamEvents = defineOperation({
  id: 'streamEvents',
  method: 'GET',
  path: '/events',
  tag: 'Server',
  scope: 'read',
  summary: 'Follow everything that changes',
  description: 'Server-sent events. `id` is a rising number; a `Last-Event-ID` header resumes after it.',
  headers: ['Last-Event-ID'],
  raw: {
    content: ['text/event-stream'],
    description: 'One event a change: `id`, `event` (its type), `data` (subject, at, body as JSON).',
  },
});
