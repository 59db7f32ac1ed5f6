import { Type } from 'typebox';
import { Health } from './health.ts';
import { defineOperation, type Operation } from './operation.ts';

/** What stands beside `/api/v1`, without an envelope: for watchers and readers, whatever the plan is. */
export const health = defineOperation({
  id: 'health',
  method: 'GET',
  path: '/healthz',
  tag: 'Server',
  scope: 'read',
  summary: 'Ask whether the server is well',
  description: 'Answers without a token. The status is 503 while it stops or when the database does not answer.',
  raw: { content: ['application/json'], description: 'How it is', schema: Health },
});

export const openApiDocument = defineOperation({
  id: 'openApiDocument',
  method: 'GET',
  path: '/openapi.json',
  tag: 'Server',
  scope: 'read',
  summary: 'Read this document',
  raw: {
    content: ['application/json'],
    description: 'OpenAPI 3.1',
    schema: Type.Record(Type.String(), Type.Unknown()),
  },
});

export const readMetrics = defineOperation({
  id: 'readMetrics',
  method: 'GET',
  path: '/metrics',
  tag: 'Server',
  scope: 'read',
  summary: 'Read the metrics, in the text format of Prometheus',
  description: 'Tasks, waits, phones, attempts, HTTP, event loop, webhooks. They answer whatever the plan is.',
  raw: { content: ['text/plain'], description: 'Prometheus text format 0.0.4' },
});

export const siteOperations: readonly Operation[] = [health, openApiDocument, readMetrics];
