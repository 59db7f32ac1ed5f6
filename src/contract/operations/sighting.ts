import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { DeviceSighting } from '../sighting.ts';

const params = Type.Object({ serial: Type.String({ description: 'As adb lists it' }) });

export const getSighting = defineOperation({
  id: 'getSighting',
  method: 'GET',
  path: '/devices/{serial}/sighting',
  tag: 'Devices',
  scope: 'read',
  summary: 'Tell what the recogniser sees on a screen, and why',
  description:
    'The screen of the app, the signals that told it and those of its nearest rivals, and each element with the place a script would touch. Nothing is touched. Refused while a task runs, as reading the hierarchy is; its trace has what it saw.',
  params,
  data: DeviceSighting,
  errors: ['input.not-found', 'device.not-ready'],
});
