import { DroverError } from '../base/error.ts';
import { DeviceChange } from '../contract/device.ts';

/** What a body asks for, tidied. Throws `input.invalid` for one that changes nothing. */
export function deviceChangeOf({ owned, name, tags }: DeviceChange): DeviceChange {
  if (owned === undefined && name === undefined && tags === undefined) {
    throw new DroverError('input.invalid', {
      message: `nothing would change: give one of ${Object.keys(DeviceChange.properties).join(', ')}`,
      details: { path: '' },
    });
  }
  return {
    ...(owned === undefined ? {} : { owned }),
    ...(name === undefined ? {} : { name: name === null || name.trim() === '' ? null : name.trim() }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags.map((tag) => tag.trim()))].filter((tag) => tag !== '') }),
  };
}
