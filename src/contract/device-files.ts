import { type Static, Type } from 'typebox';
import { holdToken } from './device-input.ts';
import { nullable } from './page.ts';

const path = (description: string) => Type.String({ minLength: 1, maxLength: 1_000, description });

export const DeviceFile = Type.Object({
  name: Type.String({ description: 'As the phone spells it: any text at all' }),
  path: Type.String(),
  kind: Type.Enum(['file', 'folder', 'link', 'other']),
  bytes: Type.Number(),
  modified_at: Type.String({ description: 'ISO 8601 with offset' }),
});
export type DeviceFile = Static<typeof DeviceFile>;

export const DeviceFolder = Type.Object({
  serial: Type.String(),
  path: Type.String(),
  parent: nullable(Type.String({ description: 'The folder around it; null at the top' })),
  entries: Type.Array(DeviceFile, { description: 'Folders first, each by name' }),
  whole: Type.Boolean({ description: 'False: there are more entries than are listed' }),
});
export type DeviceFolder = Static<typeof DeviceFolder>;

export const DeviceFolderQuery = Type.Object({
  path: Type.String({ default: '/sdcard', maxLength: 1_000, description: 'A folder of shared storage' }),
});

export const DeviceFileQuery = Type.Object({ path: path('A file of shared storage') });

export const RemoveFileQuery = Type.Object({
  hold: holdToken,
  path: path('A file of shared storage, or an empty folder'),
});

export const UploadFileQuery = Type.Object({
  hold: holdToken,
  folder: Type.String({ default: '/sdcard/Download', maxLength: 1_000, description: 'It must be there' }),
  name: Type.String({ minLength: 1, maxLength: 255, description: 'A name, never a path' }),
  replace: Type.Boolean({ default: false, description: 'A file of that name may be overwritten' }),
});

export const UploadedFile = Type.Object({ serial: Type.String(), path: Type.String(), bytes: Type.Number() });
export type UploadedFile = Static<typeof UploadedFile>;

export const RemovedFile = Type.Object({ serial: Type.String(), path: Type.String() });

export const InstallQuery = Type.Object({
  hold: holdToken,
  name: Type.String({ default: '', maxLength: 255, description: 'What the file is called, for the audit trail' }),
});

export const InstalledApp = Type.Object({ serial: Type.String(), bytes: Type.Number() });
export type InstalledApp = Static<typeof InstalledApp>;
