import { listAudit } from '../contract/operations/audit.ts';
import { maxPageSize } from '../contract/page.ts';
import { listEvents } from '../store/events.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const auditRoutes = (parts: HttpParts): BoundOperation[] => [
  bind(listAudit, async ({ query }) => {
    const { by, since, until, page_size, ...rest } = query;
    const limit = Math.min(page_size, maxPageSize);
    const filter = { ...rest, byPeople: by === 'people', since: instantOf(since), until: instantOf(until) };
    // One more than is shown tells whether there is another page.
    const found = await listEvents(parts.store.read, filter, limit + 1);
    const shown = found.slice(0, limit);
    const { timeZone } = parts.settings();
    return {
      events: shown.map(({ id, type, subject, at, person, body }) => ({
        id,
        type,
        subject,
        at: isoTime(at, timeZone),
        person,
        body,
      })),
      next_before: found.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }),
];

const instantOf = (text: string | undefined): number | undefined => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
};
