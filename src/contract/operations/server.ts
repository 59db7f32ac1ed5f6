import { LicenseCheck } from '../license.ts';
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
