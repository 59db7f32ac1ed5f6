import { type Static, Type } from 'typebox';

export const eventTypes = [
  'taskCreated',
  'taskChanged',
  'taskDeleted',
  'deviceChanged',
  'accountChanged',
  'mediaChanged',
  'reviewOpened',
  'reviewChanged',
  'reviewDecided',
  'settingChanged',
  'submissionCreated',
  'scheduleChanged',
] as const;
export type EventType = (typeof eventTypes)[number];

/** One line of `GET /events` and of the audit trail. `subject` names what changed: `task:101`, `device:127.0.0.1:21000`. */
export const Event = Type.Object({
  id: Type.Integer({ description: 'Rising number; resume after it with Last-Event-ID' }),
  type: Type.Enum([...eventTypes]),
  subject: Type.String(),
  at: Type.String({ description: 'ISO 8601 with offset' }),
  body: Type.Record(Type.String(), Type.Unknown()),
});
export type Event = Static<typeof Event>;
