import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { drover } from '../../test/support/command.ts';
import { launchdAgent } from './service/launchd.ts';
import type { ServicePlan } from './service/system.ts';
import { systemdUnit } from './service/systemd.ts';
import { quoteArgument, windowsTask } from './service/windows.ts';

const odd = fc.stringMatching(/^[ -~äß中]{0,20}$/);
const plan = (args: readonly string[]): ServicePlan => ({
  command: ['/opt/my node/bin/node', '/opt/drover/src/cli.ts', 'serve', ...args],
  workingFolder: '/opt/50% drover',
  path: '/usr/bin:/opt/a "b"',
  home: '/home/me',
  configHome: '',
  user: 'me & you',
  logFile: '/home/me/Library/Logs/drover.log',
});

/** Texts of every element of this name. */
function textsOf(xml: string, element: string): string[] {
  const found: string[] = [];
  const parser = new SaxesParser();
  let at = '';
  parser.on('opentag', ({ name }) => {
    at = name;
    if (name === element) found.push('');
  });
  parser.on('text', (text) => {
    if (at === element) found.push((found.pop() ?? '') + text);
  });
  parser.on('closetag', () => {
    at = '';
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return found;
}

/** As systemd reads it: quotes, backslashes, then %% and $$. */
function readExecStart(unit: string): string[] {
  const line = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '';
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$'),
  );
}

/** As the C runtime of Windows reads it. */
function splitWindows(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (slashes > 0 && line[at + slashes] === '"') {
      current = (current ?? '') + '\\'.repeat(Math.floor(slashes / 2));
      at += slashes;
      if (slashes % 2 === 1) current += '"';
      else isQuoted = !isQuoted;
    } else if (line[at] === '"') {
      isQuoted = !isQuoted;
      current ??= '';
    } else if (line[at] === ' ' && !isQuoted) {
      if (current !== undefined) args.push(current);
      current = undefined;
    } else current = (current ?? '') + line[at];
  }
  return current === undefined ? args : [...args, current];
}

test('whatever is in a path or an argument, each system reads it as it was meant', () => {
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 4 }), (args) => {
      const { command } = plan(args);
      expect(readExecStart(systemdUnit(plan(args)).content)).toEqual(command);
      expect(textsOf(launchdAgent(plan(args)).content, 'string').slice(1, 1 + command.length)).toEqual(command);
      const task = windowsTask(plan(args)).content;
      expect(textsOf(task, 'Command')).toEqual([command[0]]);
      expect(splitWindows(textsOf(task, 'Arguments')[0] ?? '')).toEqual(command.slice(1));
      expect(splitWindows(args.map(quoteArgument).join(' '))).toEqual(args);
    }),
  );
});

test('it runs as the user, stops gently and starts again by itself', () => {
  const unit = systemdUnit(plan([]));
  expect(unit.path).toBe('/home/me/.config/systemd/user/drover.service');
  for (const line of [
    'Restart=on-failure',
    'TimeoutStopSec=60',
    'WorkingDirectory=/opt/50%% drover',
    'WantedBy=default.target',
    'Environment="PATH=/usr/bin:/opt/a \\"b\\""',
  ]) {
    expect(unit.content.split('\n')).toContain(line);
  }
  expect(launchdAgent(plan([])).content).toContain('<key>KeepAlive</key>');
  expect(textsOf(windowsTask(plan([])).content, 'UserId')).toEqual(['me & you', 'me & you']);
  expect(textsOf(windowsTask(plan([])).content, 'ExecutionTimeLimit')).toEqual(['PT0S']);
});

test.runIf(process.platform === 'linux')(
  'install writes the unit and starts it; where systemd does not run it says what to do',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drover-service-'));
    const unit = join(folder, 'config', 'systemd', 'user', 'drover.service');
    const programs = join(folder, 'bin');
    mkdirSync(programs);
    const systemctl = (script: string) => {
      writeFileSync(join(programs, 'systemctl'), `#!/bin/sh\n${script}\n`);
      chmodSync(join(programs, 'systemctl'), 0o755);
    };
    const env = { XDG_CONFIG_HOME: join(folder, 'config'), PATH: `${programs}:/usr/bin:/bin` };
    const flags = ['--data', join(folder, 'data'), '--media-root', join(folder, 'films'), '--port', '50999'];
    try {
      const printed = await drover(['service', 'install', '--print', ...flags], env);
      expect(printed.stdout).toMatch(/^\[Unit\]/);
      expect(existsSync(unit)).toBe(false);
      expect((await drover(['service', 'show', ...flags], env)).stdout).toMatch(
        /^Not installed; .*would write .*drover\.service/,
      );

      systemctl('echo "Failed to connect to bus" >&2; exit 1');
      const failed = await drover(['service', 'install', ...flags], env);
      expect(failed.code).toBe(1);
      expect(failed.stdout).toMatch(
        /Written: .*\nNot started: systemctl --user daemon-reload: Failed to connect to bus\n.*these commands start it:\n {2}systemctl --user daemon-reload\n/,
      );

      systemctl(`echo "$@" >> ${folder}/calls`);
      const done = await drover(['service', 'install', ...flags], env);
      expect(done.code).toBe(0);
      expect(done.stdout).toMatch(/Replaced: .*\nIt runs now/);
      expect(readFileSync(join(folder, 'calls'), 'utf8')).toBe(
        '--user daemon-reload\n--user enable drover.service\n--user restart drover.service\n',
      );
      expect(readFileSync(unit, 'utf8')).toBe(printed.stdout);
      expect(readExecStart(printed.stdout).slice(2)).toEqual([
        ...['serve', '--port', '50999', '--data', join(folder, 'data'), '--media-root', join(folder, 'films')],
      ]);
      expect((await drover(['service', 'show'], env)).stdout).toMatch(/^Installed: /);

      expect((await drover(['service', 'install', '--for', 'windows'], env)).stderr).toMatch(
        /this machine has no windows: add --print/,
      );
      expect((await drover(['service', 'install', '--print', '--port', '99999'], env)).stderr).toMatch(/--port: 99999/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
