import { createTasks } from '../../src/contract/operations/tasks.ts';
import { apiPath } from '../shell/api.ts';

/** A create call for a POSIX shell: one quoted argument, so nothing in the body is ever run. */
export const curlOf = (body: object): string =>
  `curl ${quote(`${window.location.origin}${apiPath}${createTasks.path}`)} -H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))}`;

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
