import type { EventType } from '../../src/contract/event.ts';

export type QueryKey = readonly unknown[];

/** Which cached answers an event makes stale. Keys start with the resource, so a list and its items go together. */
const stale: Readonly<Partial<Record<EventType, (id: string) => readonly QueryKey[]>>> = {
  taskCreated: () => [['tasks'], ['stats'], ['devices']],
  taskChanged: (id) => [['task', Number(id)], ['tasks'], ['stats'], ['devices']],
  taskDeleted: (id) => [['task', Number(id)], ['tasks'], ['stats'], ['devices']],
  // One phone, not the list: see refreshDevice.
  deviceChanged: (id) => [['device', id]],
  accountChanged: () => [['accounts']],
  mediaChanged: () => [['media']],
  reviewOpened: () => [['reviews']],
  reviewChanged: () => [['reviews']],
  reviewDecided: () => [['reviews'], ['tasks']],
  settingChanged: () => [['settings'], ['pauses']],
  submissionCreated: () => [],
  scheduleChanged: () => [['schedules']],
};

export const keysOf = (type: EventType, subject: string): readonly QueryKey[] =>
  stale[type]?.(subject.slice(subject.indexOf(':') + 1)) ?? [];
