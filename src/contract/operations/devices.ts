import { Type } from 'typebox';
import { Device, DeviceChange, DeviceHold, DeviceList, ListDevicesQuery, ThumbnailQuery } from '../device.ts';
import { DeviceInput } from '../device-input.ts';
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

export const reconnectDevice = defineOperation({
  id: 'reconnectDevice',
  method: 'POST',
  path: '/devices/{serial}/reconnect',
  tag,
  scope: 'admin',
  summary: 'Let adb connect to a phone anew',
  description:
    'Also starts its automation server anew, and tries a phone again that recovery has given up for the moment. A phone over TCP that is away is dialled at once. The answer shows the phone as it is now; `deviceChanged` events tell how it goes on.',
  params,
  data: Device,
  errors: ['input.not-found', 'device.held', 'device.not-ready'],
});

export const disableDevice = defineOperation({
  id: 'disableDevice',
  method: 'POST',
  path: '/devices/{serial}/disable',
  tag,
  scope: 'admin',
  summary: 'Take a phone out of service',
  description:
    'Holds until it is enabled, also over a restart of the server. A task that runs on it is queued again and goes on, looking first at what it had done, once the phone is enabled.',
  params,
  data: Device,
  errors: ['input.not-found'],
});

export const enableDevice = defineOperation({
  id: 'enableDevice',
  method: 'POST',
  path: '/devices/{serial}/enable',
  tag,
  scope: 'admin',
  summary: 'Take a phone into service again',
  params,
  data: Device,
  errors: ['input.not-found'],
});

export const holdDevice = defineOperation({
  id: 'holdDevice',
  method: 'POST',
  path: '/devices/{serial}/hold',
  tag,
  scope: 'tasks',
  summary: 'Keep tasks off a phone for a minute',
  description:
    'A hold is yours for 60 seconds; call again to keep it. No task starts meanwhile. It is never given in the middle of a task, nor while somebody else has it.',
  params,
  data: DeviceHold,
  errors: ['input.not-found', 'device.held'],
});

export const releaseDevice = defineOperation({
  id: 'releaseDevice',
  method: 'POST',
  path: '/devices/{serial}/release',
  tag,
  scope: 'tasks',
  summary: 'Give a held phone back to the queue',
  description: 'Harmless when nobody holds it. The hold of somebody else is ended by the scope admin alone.',
  params,
  data: Device,
  errors: ['input.not-found', 'device.held'],
});

export const sendInput = defineOperation({
  id: 'sendInput',
  method: 'POST',
  path: '/devices/{serial}/input',
  tag,
  scope: 'tasks',
  summary: 'Touch a phone that you hold',
  description:
    'One touch, swipe, key or text a call; it is answered when the phone has done it. Only under a hold of your own: no touch can fall into a task.',
  params,
  body: DeviceInput,
  data: Type.Object({ serial: Type.String() }),
  errors: ['input.not-found', 'device.held', 'device.not-ready'],
  examples: [
    { name: 'tap', params: { serial: 'R58M123ABCD' }, body: { hold: 7, tap: { x: 540, y: 1200 } } },
    { name: 'back', params: { serial: 'R58M123ABCD' }, body: { hold: 7, key: 'back' } },
  ],
});

export const getScreenshot = defineOperation({
  id: 'getScreenshot',
  method: 'GET',
  path: '/devices/{serial}/screenshot',
  tag,
  scope: 'read',
  summary: 'Take a picture of a screen',
  description: 'Also while a task runs: it does not disturb it.',
  params,
  raw: { content: ['image/png'], description: 'The screen as it is now' },
  errors: ['input.not-found', 'device.not-ready'],
});

export const getThumbnail = defineOperation({
  id: 'getThumbnail',
  method: 'GET',
  path: '/devices/{serial}/thumbnail',
  tag,
  scope: 'read',
  summary: 'Take a small picture of a screen',
  description: 'For walls of many phones. With `If-None-Match` a screen that has not changed is answered 304.',
  params,
  query: ThumbnailQuery,
  raw: { content: ['image/jpeg'], description: 'The screen as it is now, made smaller' },
  errors: ['input.not-found', 'device.not-ready'],
});

export const getHierarchy = defineOperation({
  id: 'getHierarchy',
  method: 'GET',
  path: '/devices/{serial}/hierarchy',
  tag,
  scope: 'read',
  summary: 'Read what is on a screen',
  description: 'Refused while a task runs, because it would hold the task up; its trace has the hierarchies it saw.',
  params,
  raw: { content: ['application/xml'], description: 'The tree of nodes as the phone gives it' },
  errors: ['input.not-found', 'device.not-ready'],
});

export const streamScreen = defineOperation({
  id: 'streamScreen',
  method: 'GET',
  path: '/devices/{serial}/stream',
  tag,
  scope: 'read',
  summary: 'Watch a screen',
  description:
    "Pictures one after the other, as a browser shows them in an <img>. JPEGs of the phone's own stream, as they come; PNGs about once a second while the phone gives no stream. A reader that is slow misses pictures and sees the newest.",
  params,
  raw: { content: ['multipart/x-mixed-replace'], description: 'A part a picture, without end' },
  errors: ['input.not-found', 'device.not-ready'],
});
