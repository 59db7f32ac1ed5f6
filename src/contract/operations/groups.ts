import { Type } from 'typebox';
import { DeletedGroup, Group, GroupChange, GroupList, ListGroupsQuery, NewGroup } from '../group.ts';
import { defineOperation } from '../operation.ts';

const tag = 'Groups';
const params = Type.Object({ group_id: Type.Integer({ minimum: 0, description: 'Id of the group' }) });
const memberParams = Type.Object({
  ...params.properties,
  serial: Type.String({ minLength: 1, maxLength: 128, description: 'As adb lists it; known or not' }),
});

export const listGroups = defineOperation({
  id: 'listGroups',
  method: 'GET',
  path: '/groups',
  tag,
  scope: 'read',
  summary: 'List groups by name',
  query: ListGroupsQuery,
  data: GroupList,
});

export const createGroup = defineOperation({
  id: 'createGroup',
  method: 'POST',
  path: '/groups',
  tag,
  scope: 'admin',
  summary: 'Make a group of phones',
  body: NewGroup,
  data: Group,
  errors: ['conflict.name'],
  examples: [{ name: 'a shelf', body: { name: 'Shelf 1', serials: ['R58M123ABCD', 'R58M456EFGH'] } }],
});

export const getGroup = defineOperation({
  id: 'getGroup',
  method: 'GET',
  path: '/groups/{group_id}',
  tag,
  scope: 'read',
  summary: 'Look one group up',
  params,
  data: Group,
  errors: ['input.not-found'],
});

export const changeGroup = defineOperation({
  id: 'changeGroup',
  method: 'PATCH',
  path: '/groups/{group_id}',
  tag,
  scope: 'admin',
  summary: 'Rename a group, or say anew which phones are in it',
  description: 'What is left out stays.',
  params,
  body: GroupChange,
  data: Group,
  errors: ['input.not-found', 'conflict.name'],
  examples: [{ name: 'rename', params: { group_id: 1 }, body: { name: 'Shelf 2' } }],
});

export const deleteGroup = defineOperation({
  id: 'deleteGroup',
  method: 'DELETE',
  path: '/groups/{group_id}',
  tag,
  scope: 'admin',
  summary: 'Delete a group',
  description: 'Its phones stay.',
  params,
  data: DeletedGroup,
  errors: ['input.not-found'],
});

export const addToGroup = defineOperation({
  id: 'addToGroup',
  method: 'PUT',
  path: '/groups/{group_id}/devices/{serial}',
  tag,
  scope: 'admin',
  summary: 'Put a phone into a group',
  description: 'Harmless when it is in it already.',
  params: memberParams,
  data: Group,
  errors: ['input.not-found'],
});

export const removeFromGroup = defineOperation({
  id: 'removeFromGroup',
  method: 'DELETE',
  path: '/groups/{group_id}/devices/{serial}',
  tag,
  scope: 'admin',
  summary: 'Take a phone out of a group',
  description: 'Harmless when it is not in it.',
  params: memberParams,
  data: Group,
  errors: ['input.not-found'],
});
