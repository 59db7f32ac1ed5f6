import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DroverError } from '../base/error.ts';
import { loadConfig } from '../config.ts';

/** `drover trace open FILE`: shows an exported trace in the browser of this machine. */
export async function openTrace(file: string): Promise<void> {
  const path = resolve(file);
  if (!readStart(path).includes('id="trace"') && !readStart(path).includes('<title>Drover: task'))
    throw new DroverError('input.invalid', {
      message: `${path} is not an exported trace; "drover trace save TASK" makes one`,
    });
  const [program = '', ...args] = openerOf(process.platform);
  const isOpened = await new Promise<boolean>((done) => {
    const child = spawn(program, [...args, path], { stdio: 'ignore', detached: true });
    child.once('error', () => done(false));
    child.once('spawn', () => {
      child.unref();
      done(true);
    });
  });
  process.stdout.write(isOpened ? `opened ${path}\n` : `open this file in a browser: ${path}\n`);
}

function readStart(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, 2_000);
  } catch (cause) {
    throw new DroverError('input.not-found', { message: `${path} cannot be read`, cause });
  }
}

const openerOf = (platform: NodeJS.Platform): string[] => {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return ['xdg-open'];
};

export interface SaveFlags {
  out?: string;
  token?: string;
  port?: number;
  config?: string;
}

/** `drover trace save TASK`: writes the trace of a task as one page that opens offline. */
export async function saveTrace(task: string, { out, token, ...flags }: SaveFlags): Promise<void> {
  if (!/^\d+$/.test(task)) throw new DroverError('input.invalid', { message: `${task} is not the number of a task` });
  const { config } = loadConfig(flags);
  const url = `http://127.0.0.1:${config.port}/api/v1/task/${task}/trace.html`;
  const response = await fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {} }).catch(
    (cause: unknown) => {
      throw new DroverError('input.invalid', { message: `no server answers at ${url}`, cause });
    },
  );
  const page = await response.text();
  if (!response.ok) throw new DroverError('input.invalid', { message: `${url} answered ${page.slice(0, 300)}` });
  const path = resolve(out ?? `drover-task-${task}.html`);
  writeFileSync(path, page);
  process.stdout.write(`${path}\n`);
}
