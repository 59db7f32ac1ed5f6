import { Type } from 'typebox';
import { Device, DeviceChange, DeviceList, ListDevicesQuery } from '../device.ts';
import { defineOperation } from '../operation.ts';

const tag = 'Devices';
const params = Type.Object({ serial: Type.String({ description: 'As adb lists it' }) });

export const listDevices = defineOperation({
  id: 'listDevices',
  method: 'GET',
  path: '/devices',
  tag,
  scope: 'read',
  summary: 'List phones with their proven state',
  query: ListDevicesQuery,
  data: DeviceList,
});

export const getDevice = defineOperation({
  id: 'getDevice',
  method: 'GET',
  path: '/devices/{serial}',
  tag,
  scope: 'read',
  summary: 'Look one phone up',
  params,
  data: Device,
  errors: ['input.not-found'],
});

export const changeDevice = defineOperation({
  id: 'changeDevice',
  method: 'PATCH',
  path: '/devices/{serial}',
  tag,
  scope: 'admin',
  summary: 'Name a phone, tag it, or state that it and its accounts are yours',
  params,
  body: DeviceChange,
  data: Device,
  errors: ['input.not-found'],
  examples: [{ name: 'state ownership', params: { serial: 'R58M123ABCD' }, body: { owned: true } }],
});
