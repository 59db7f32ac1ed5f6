import { DroverError } from '../base/error.ts';
import type { Group as GroupBody } from '../contract/group.ts';
import * as operations from '../contract/operations/groups.ts';
import { maxPageSize } from '../contract/page.ts';
import { countGroups, type DeviceGroup, findGroup, listGroups } from '../store/groups.ts';
import { type BoundOperation, bind } from './bind.ts';
import type { HttpParts } from './parts.ts';
import { isoTime } from './time.ts';

export const groupRoutes = (parts: HttpParts): BoundOperation[] => {
  const { groupDesk, store } = parts;
  const bodyOf = ({ id, name, serials, createdAt }: DeviceGroup): GroupBody => ({
    id,
    name,
    serials,
    created_at: isoTime(createdAt, parts.settings().timeZone),
  });
  return [
    bind(operations.listGroups, async ({ query }) => {
      const { page } = query;
      const pageSize = Math.min(query.page_size, maxPageSize);
      const [groups, total] = await Promise.all([listGroups(store.read, { page, pageSize }), countGroups(store.read)]);
      return { groups: groups.map(bodyOf), total, page, page_size: pageSize };
    }),
    bind(operations.createGroup, async ({ body, caller }) => {
      const { name, serials = [] } = body;
      return bodyOf(await groupDesk.create({ name: tidyName(name), serials: tidySerials(serials) }, caller.name));
    }),
    bind(operations.getGroup, async ({ params }) => {
      const group = await findGroup(store.read, params.group_id);
      if (group) return bodyOf(group);
      throw new DroverError('input.not-found', { message: `there is no group ${params.group_id}` });
    }),
    bind(operations.changeGroup, async ({ params, body, caller }) => {
      const { name, serials } = body;
      const change = {
        ...(name !== undefined && { name: tidyName(name) }),
        ...(serials !== undefined && { serials: tidySerials(serials) }),
      };
      return bodyOf(await groupDesk.change(params.group_id, change, caller.name));
    }),
    bind(operations.deleteGroup, async ({ params, caller }) => {
      await groupDesk.remove(params.group_id, caller.name);
      return params;
    }),
    bind(operations.addToGroup, async ({ params, caller }) => {
      const [serial = ''] = tidySerials([params.serial]);
      return bodyOf(await groupDesk.changeMember(params.group_id, { serial, isMember: true }, caller.name));
    }),
    bind(operations.removeFromGroup, async ({ params, caller }) => {
      const { serial } = params;
      return bodyOf(await groupDesk.changeMember(params.group_id, { serial, isMember: false }, caller.name));
    }),
  ];
};

/** Throws `input.invalid` for a name of blanks. */
function tidyName(name: string): string {
  const tidy = name.trim();
  if (tidy !== '' && !/\p{Cc}/u.test(tidy) && tidy.isWellFormed()) return tidy;
  throw new DroverError('input.invalid', {
    message: 'name must be a text of one line that is not blank',
    details: { path: 'name' },
  });
}

/** Throws `input.invalid` for what adb could never list. */
function tidySerials(serials: readonly string[]): string[] {
  return serials.map((serial, index) => {
    const tidy = serial.trim();
    if (/^[\x21-\x7e]{1,128}$/.test(tidy)) return tidy;
    throw new DroverError('input.invalid', {
      message: `serials[${index}] must be a serial as adb lists it: no blanks, at most 128 characters`,
      details: { path: `serials[${index}]` },
    });
  });
}
