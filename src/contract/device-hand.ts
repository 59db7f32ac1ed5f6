import { type Static, Type } from 'typebox';
import { holdToken } from './device-input.ts';

export const DeviceClipboard = Type.Object({
  serial: Type.String(),
  text: Type.String(),
  certain: Type.Boolean({
    description:
      'False: the phone keeps its clipboard to itself (Android 10 and later show it to the app in front alone), and an empty text says nothing',
  }),
});
export type DeviceClipboard = Static<typeof DeviceClipboard>;

/** Body of `PUT /devices/{serial}/clipboard`. In Base64 the text still fits into one request to the phone. */
export const ClipboardChange = Type.Object({
  hold: holdToken,
  text: Type.String({ maxLength: 10_000, description: 'Put there in place of what it holds' }),
});
export type ClipboardChange = Static<typeof ClipboardChange>;

export const rotations = ['auto', 'portrait', 'landscape'] as const;
export type DeviceRotation = (typeof rotations)[number];

/** Body of `PUT /devices/{serial}/rotation`. */
export const RotationChange = Type.Object({
  hold: holdToken,
  rotation: Type.Enum([...rotations], { description: '`auto`: as the phone lies' }),
});
export type RotationChange = Static<typeof RotationChange>;

export const RotatedDevice = Type.Object({
  serial: Type.String(),
  rotation: Type.Enum([...rotations]),
  screen: Type.Enum(['portrait', 'landscape'], {
    description: 'How the screen is now. An app that is made for one orientation keeps it',
  }),
});
export type RotatedDevice = Static<typeof RotatedDevice>;

/** Android's own letters, from least to most: verbose, debug, info, warning, error, fatal. */
export const logLevels = ['V', 'D', 'I', 'W', 'E', 'F'] as const;

export const DeviceLogQuery = Type.Object({
  level: Type.Enum([...logLevels], { default: 'V', description: 'The lowest that is shown' }),
  tag: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the tag; case is ignored' })),
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Part of the text; case is ignored' })),
  tail: Type.Integer({
    default: 200,
    minimum: 1,
    maximum: 5_000,
    description: 'How many of the newest lines of the phone to begin with, before the filters',
  }),
});
export type DeviceLogQuery = Static<typeof DeviceLogQuery>;

/** One line of the answer of `GET /devices/{serial}/log`. */
export const DeviceLogLine = Type.Object({
  at: Type.String({ description: "ISO 8601 to the millisecond, with offset, by the phone's clock" }),
  pid: Type.Integer(),
  tid: Type.Integer(),
  level: Type.Enum([...logLevels]),
  tag: Type.String(),
  text: Type.String(),
});
export type DeviceLogLine = Static<typeof DeviceLogLine>;
