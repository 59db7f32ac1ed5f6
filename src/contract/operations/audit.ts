import { AuditPage, ListAuditQuery } from '../audit.ts';
import { defineOperation } from '../operation.ts';

export const listAudit = defineOperation({
  id: 'listAudit',
  method: 'GET',
  path: '/audit',
  tag: 'Audit',
  scope: 'admin',
  summary: 'Read who changed what, newest first',
  description: 'The events of `GET /events` with the person behind each. Pages go on by `before`.',
  query: ListAuditQuery,
  data: AuditPage,
  examples: [{ name: 'what people did to tasks', query: { by: 'people', subject: 'task:', page_size: 50 } }],
});
