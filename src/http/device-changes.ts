import { DroverError } from '../base/error.ts';
import { DeviceChange } from '../contract/device.ts';
import { findProblem, unknownKeys } from '../contract/problem.ts';

/** Throws `input.invalid` for a body that changes nothing or is not what the schema says. Unknown names are returned for a warning. */
export function readDeviceChange(body: unknown): { change: DeviceChange; unknown: string[] } {
  const given = body ?? {};
  const problem = findProblem(DeviceChange, given);
  if (problem) throw new DroverError('input.invalid', { message: problem.message, details: { path: problem.path } });
  const known = Object.keys(DeviceChange.properties);
  const unknown = unknownKeys(given, known);
  const { owned, name, tags } = given as DeviceChange;
  if (owned === undefined && name === undefined && tags === undefined) {
    throw new DroverError('input.invalid', {
      message: `nothing would change: give one of ${known.join(', ')}`,
      details: { path: '' },
    });
  }
  return {
    change: {
      ...(owned === undefined ? {} : { owned }),
      ...(name === undefined ? {} : { name: name === null || name.trim() === '' ? null : name.trim() }),
      ...(tags === undefined ? {} : { tags: [...new Set(tags.map((tag) => tag.trim()))].filter((tag) => tag !== '') }),
    },
    unknown,
  };
}
