import { systemClock } from '../base/clock.ts';
import { DroverError } from '../base/error.ts';
import { type Config, loadConfig } from '../config.ts';
import type { Scope } from '../contract/operation.ts';
import { findProblem } from '../contract/problem.ts';
import { NewToken } from '../contract/token.ts';
import { localCaller } from '../http/caller.ts';
import { createLoginCode, loginLinkMs } from '../http/session-cookie.ts';
import { hashToken } from '../http/token-text.ts';
import { deleteAllSessions, insertLoginLink } from '../store/sessions.ts';
import { type DataFlags, withStore } from './token.ts';

export interface LoginFlags extends DataFlags {
  name: string;
  scope: Scope;
  port?: number;
}

/** `drover login`: the link alone on standard output. It works once, in the browser that opens it first. */
export async function login({ name, scope, ...flags }: LoginFlags): Promise<void> {
  const problem = findProblem(NewToken, { name, scope });
  if (problem) throw new DroverError('input.invalid', { message: `--${problem.path}: ${problem.message}` });
  const { config } = loadConfig({ ...flags });
  process.stdout.write(`${await makeLoginLink(config, { name, scope })}\n`);
  process.stderr.write(
    `Open it in a browser within ${loginLinkMs / 60_000} minutes; it works once. "drover logout" logs all browsers out.\n`,
  );
}

/** A link that logs in the browser which opens it first, also while a server runs on the same data folder. */
export async function makeLoginLink(
  config: Config,
  who: { name: string; scope: Scope } = { name: localCaller.name, scope: localCaller.scope },
): Promise<string> {
  const code = createLoginCode();
  await withStore({ data: config.data }, (store) =>
    store.write((tx) =>
      insertLoginLink(tx, { ...who, hash: hashToken(code), expiresAt: systemClock.now() + loginLinkMs }),
    ),
  );
  return `${originOf(config)}/login#${code}`;
}

/** The first name that a browser elsewhere would use, else this machine's own. */
function originOf({
  hostName: [name],
  tlsCert,
  trustedProxy,
  port,
}: Pick<Config, 'hostName' | 'tlsCert' | 'trustedProxy' | 'port'>): string {
  const scheme = tlsCert !== '' || (name !== undefined && trustedProxy.length > 0) ? 'https' : 'http';
  if (name === undefined) return `${scheme}://localhost:${port}`;
  const hasPort = /:\d+$/.test(name);
  // A proxy answers on the usual port.
  return `${scheme}://${name}${hasPort || trustedProxy.length > 0 ? '' : `:${port}`}`;
}

/** `drover logout`: every browser has to log in again, from its next request on. */
export async function logout(flags: DataFlags): Promise<void> {
  const count = await withStore(flags, (store) => store.write((tx) => deleteAllSessions(tx, localCaller.name)));
  process.stdout.write(count === 0 ? 'No browser was logged in.\n' : `Logged out: ${count}\n`);
}
