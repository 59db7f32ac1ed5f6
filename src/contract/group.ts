import { type Static, Type } from 'typebox';
import { isoTime, listOf, pageQuery } from './page.ts';

export const Group = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  serials: Type.Array(Type.String(), { description: 'Its devices, ascending' }),
  created_at: isoTime('When it was made'),
});
export type Group = Static<typeof Group>;

const Name = Type.String({ minLength: 1, maxLength: 80, description: 'Unique, whatever its case' });
const Serials = Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
  maxItems: 10_000,
  description: 'All devices of the group; a phone may be named before it was ever seen',
});

export const NewGroup = Type.Object({ name: Name, serials: Type.Optional(Serials) });
export type NewGroup = Static<typeof NewGroup>;

/** What is left out stays as it is. */
export const GroupChange = Type.Object({ name: Type.Optional(Name), serials: Type.Optional(Serials) });
export type GroupChange = Static<typeof GroupChange>;

export const GroupList = listOf('groups', Group);
export const ListGroupsQuery = Type.Object(pageQuery);
export const DeletedGroup = Type.Object({ group_id: Type.Integer() });
