import { Type } from 'typebox';
import {
  DeviceFileQuery,
  DeviceFolder,
  DeviceFolderQuery,
  InstalledApp,
  InstallQuery,
  RemovedFile,
  RemoveFileQuery,
  UploadedFile,
  UploadFileQuery,
} from '../device-files.ts';
import {
  ClipboardChange,
  DeviceClipboard,
  DeviceLogLine,
  DeviceLogQuery,
  RotatedDevice,
  RotationChange,
} from '../device-hand.ts';
import { defineOperation } from '../operation.ts';

/** A tag of its own: what lies on a phone is for people, and not offered to models that may read devices. */
const tag = 'Phones in hand';
const params = Type.Object({ serial: Type.String({ description: 'As adb lists it' }) });
const bytes = Type.String({ format: 'binary', description: 'The bytes of the file' });
const example = { serial: 'R58M123ABCD' };
const aside = ['input.not-found', 'device.not-ready', 'device.lost', 'adb.unreachable'] as const;
const held = [...aside, 'device.held'] as const;

export const listFiles = defineOperation({
  id: 'listFiles',
  method: 'GET',
  path: '/devices/{serial}/files',
  tag,
  scope: 'tasks',
  summary: 'List a folder of a phone',
  description:
    'Of shared storage (`/sdcard`) alone, where people keep their files. Also while a task runs: it does not disturb it.',
  params,
  query: DeviceFolderQuery,
  data: DeviceFolder,
  errors: [...aside, 'phone.file-refused'],
  examples: [{ name: 'downloads', params: example, query: { path: '/sdcard/Download' } }],
});

export const uploadFile = defineOperation({
  id: 'uploadFile',
  method: 'POST',
  path: '/devices/{serial}/files',
  tag,
  scope: 'tasks',
  summary: 'Send a file to a phone that you hold',
  description:
    'The body is the file; it goes on to the phone as it comes, and when it breaks off nothing stays there. Pictures and videos show in the galleries of the phone. Renew the hold while it takes long.',
  params,
  query: UploadFileQuery,
  body: bytes,
  bodyContent: 'application/octet-stream',
  data: UploadedFile,
  errors: [...held, 'conflict.name', 'phone.file-refused'],
  examples: [{ name: 'a picture', params: example, query: { hold: 7, folder: '/sdcard/Download', name: 'boat.jpg' } }],
});

export const removeFile = defineOperation({
  id: 'removeFile',
  method: 'DELETE',
  path: '/devices/{serial}/files',
  tag,
  scope: 'tasks',
  summary: 'Delete a file of a phone that you hold',
  description: 'Or an empty folder. A folder with something in it is never deleted.',
  params,
  query: RemoveFileQuery,
  data: RemovedFile,
  errors: [...held, 'phone.file-refused'],
  examples: [{ name: 'a picture', params: example, query: { hold: 7, path: '/sdcard/Download/boat.jpg' } }],
});

export const getFile = defineOperation({
  id: 'getFile',
  method: 'GET',
  path: '/devices/{serial}/files/content',
  tag,
  scope: 'tasks',
  summary: 'Get a file of a phone',
  description: 'Also while a task runs: it does not disturb it.',
  params,
  query: DeviceFileQuery,
  raw: { content: ['application/octet-stream'], description: 'Its bytes, as they come from the phone' },
  errors: [...aside, 'phone.file-refused'],
  examples: [{ name: 'a picture', params: example, query: { path: '/sdcard/Download/boat.jpg' } }],
});

export const installApp = defineOperation({
  id: 'installApp',
  method: 'POST',
  path: '/devices/{serial}/apps',
  tag,
  scope: 'admin',
  summary: 'Install an app on a phone that you hold',
  description:
    "The body is one APK, with its length in `Content-Length`; it goes on to Android's installer as it comes. An older version is replaced and keeps its data; permissions stay to be asked for. A refusal begins with Android's own reason, such as `INSTALL_FAILED_VERSION_DOWNGRADE`. Apps are never removed over this API: their data would go with them.",
  params,
  query: InstallQuery,
  body: bytes,
  bodyContent: 'application/vnd.android.package-archive',
  data: InstalledApp,
  errors: [...held, 'phone.app-refused'],
  examples: [{ name: 'an app', params: example, query: { hold: 7 } }],
});

export const readClipboard = defineOperation({
  id: 'readClipboard',
  method: 'GET',
  path: '/devices/{serial}/clipboard',
  tag,
  scope: 'tasks',
  summary: 'Read the clipboard of a phone',
  description: 'Refused while a task runs, because it would hold the task up.',
  params,
  data: DeviceClipboard,
  errors: held,
});

export const setClipboard = defineOperation({
  id: 'setClipboard',
  method: 'PUT',
  path: '/devices/{serial}/clipboard',
  tag,
  scope: 'tasks',
  summary: 'Put a text into the clipboard of a phone that you hold',
  params,
  body: ClipboardChange,
  data: Type.Object({ serial: Type.String() }),
  errors: held,
  examples: [{ name: 'a link', params: example, body: { hold: 7, text: 'https://example.com/boats' } }],
});

export const rotateDevice = defineOperation({
  id: 'rotateDevice',
  method: 'PUT',
  path: '/devices/{serial}/rotation',
  tag,
  scope: 'tasks',
  summary: 'Turn the screen of a phone that you hold',
  description: 'It stays so until it is turned again, or set to `auto`.',
  params,
  body: RotationChange,
  data: RotatedDevice,
  errors: held,
  examples: [{ name: 'landscape', params: example, body: { hold: 7, rotation: 'landscape' } }],
});

export const streamLog = defineOperation({
  id: 'streamLog',
  method: 'GET',
  path: '/devices/{serial}/log',
  tag,
  scope: 'tasks',
  summary: "Follow Android's log of a phone",
  description:
    'One JSON object a line, as the lines come, until you hang up; an empty line means nothing. A reader that is slow makes the phone wait, which then drops its oldest lines. Also while a task runs: it does not disturb it.',
  params,
  query: DeviceLogQuery,
  raw: { content: ['application/x-ndjson'], description: 'Lines without end', schema: DeviceLogLine },
  errors: aside,
  examples: [{ name: 'crashes', params: example, query: { level: 'E', tag: 'AndroidRuntime' } }],
});
