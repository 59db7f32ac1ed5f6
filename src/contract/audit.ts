import { type Static, Type } from 'typebox';
import { Event, eventTypes } from './event.ts';
import { nullable } from './page.ts';

export const AuditEntry = Type.Object({
  ...Event.properties,
  person: nullable(
    Type.String({
      description: 'Who did it: the name of a token or of a login, or `operator`; null: the server itself',
    }),
  ),
});
export type AuditEntry = Static<typeof AuditEntry>;

export const AuditPage = Type.Object({
  events: Type.Array(AuditEntry, { description: 'Newest first' }),
  next_before: nullable(Type.Integer({ description: '`before` of the next page; null: there is none' })),
});
export type AuditPage = Static<typeof AuditPage>;

const instant = (description: string) =>
  Type.String({
    pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d))?$',
    description: `${description}, as 2026-01-02 or 2026-01-02T09:00:00+01:00`,
  });

export const ListAuditQuery = Type.Object({
  type: Type.Optional(Type.Enum([...eventTypes])),
  subject: Type.Optional(
    Type.String({ maxLength: 200, description: 'What was changed, as `task:101`; all of a kind with `task:`' }),
  ),
  person: Type.Optional(Type.String({ maxLength: 100, description: 'Who did it' })),
  by: Type.Optional(Type.Enum(['people'], { description: 'Only what people did, not the server by itself' })),
  since: Type.Optional(instant('From then on')),
  until: Type.Optional(instant('Before then')),
  before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only events before this id: the next page' })),
  page_size: Type.Integer({ default: 20, minimum: 1, description: 'At most 100 are served' }),
});
export type ListAuditQuery = Static<typeof ListAuditQuery>;
