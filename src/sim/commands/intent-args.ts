import { CommandError } from '../command.ts';
import type { Intent } from '../parts.ts';

export interface StartArgs {
  intent: Intent;
  waits: boolean;
  stopsFirst: boolean;
}

/** Options of `am` that take a value we have no use for. */
const ignoredWithValue = new Set([
  '--user',
  '--activityType',
  '--windowingMode',
  '--display',
  '-R',
  '--sampling',
  '-P',
  '--receiver-permission',
  '-c-ignored',
]);
const ignoredFlags = new Set([
  '-D',
  '-N',
  '--track-allocation',
  '--grant-read-uri-permission',
  '--grant-write-uri-permission',
  '--include-stopped-packages',
  '--exclude-stopped-packages',
  '--activity-brought-to-front',
  '--activity-clear-top',
  '--activity-single-top',
  '--activity-clear-task',
  '--receiver-foreground',
  '--allow-background-activity-starts',
  '--selector',
]);
/** Spelled-out flags that carry a bit of `Intent.flags` a screen may care about. */
const grantRead = 0x0000_0001;
const includeStopped = 0x0000_0020;

/** Arguments of `am start` and its like (AOSP Intent.parseCommandArgs). Throws CommandError for an unknown option. */
export function parseIntentArgs(args: readonly string[]): StartArgs {
  const intent: Intent = { categories: [], extras: {}, flags: 0 };
  const result: StartArgs = { intent, waits: false, stopsFirst: false };
  const words = [...args];
  const value = (option: string): string => {
    const next = words.shift();
    if (next === undefined) throw new CommandError(`Argument expected after "${option}"`);
    return next;
  };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-a') intent.action = value(word);
    else if (word === '-d') intent.data = value(word);
    else if (word === '-t') intent.type = value(word);
    else if (word === '-c') intent.categories.push(value(word));
    else if (word === '-n') intent.component = value(word);
    else if (word === '-p') intent.package = value(word);
    else if (word === '-f') intent.flags = Number(value(word));
    else if (word === '-W') result.waits = true;
    else if (word === '-S') result.stopsFirst = true;
    else if (word === '--grant-read-uri-permission') intent.flags |= grantRead;
    else if (word === '--include-stopped-packages') intent.flags |= includeStopped;
    else if (ignoredWithValue.has(word)) value(word);
    else if (ignoredFlags.has(word)) continue;
    else if (word.startsWith('-')) readExtra(intent, word, value);
    else readBare(intent, word);
  }
  return result;
}

function readExtra(intent: Intent, option: string, value: (option: string) => string): void {
  if (option === '--esn') {
    value(option);
    return;
  }
  const isText = ['-e', '--es', '--eu', '--ecn', '--esa', '--esal', '--eia', '--ela'].includes(option);
  const isNumber = ['--ei', '--el', '--ef', '--ed'].includes(option);
  if (!isText && !isNumber && option !== '--ez') throw new CommandError(`Unknown option: ${option}`);
  const name = value(option);
  const text = value(option);
  if (isNumber && Number.isNaN(Number(text)))
    throw new CommandError(`java.lang.NumberFormatException: For input string: "${text}"`);
  intent.extras[name] = isText ? text : isNumber ? Number(text) : text === 'true' || text === '1';
}

/** A last word without an option: a URI, a component or a package. */
function readBare(intent: Intent, word: string): void {
  if (word.includes(':')) {
    intent.data = word;
    intent.action ??= 'android.intent.action.VIEW';
  } else if (word.includes('/')) {
    intent.component = word;
  } else {
    intent.package = word;
    if (intent.action !== undefined) return; // its own action leaves no room for the launcher's category
    intent.action = 'android.intent.action.MAIN';
    intent.categories.push('android.intent.category.LAUNCHER');
  }
}

/** As `Intent.toString` prints it, links shortened as it does for privacy. */
export function showIntent(intent: Intent): string {
  const [, site] = /^(https?:\/\/[^/?#]*)/.exec(intent.data ?? '') ?? [];
  const parts = [
    intent.action && `act=${intent.action}`,
    intent.categories.length > 0 && `cat=[${intent.categories.join(',')}]`,
    intent.data && `dat=${site ? `${site}/...` : intent.data}`,
    intent.type && `typ=${intent.type}`,
    intent.flags !== 0 && `flg=0x${(intent.flags >>> 0).toString(16)}`,
    intent.package && `pkg=${intent.package}`,
    intent.component && `cmp=${shortComponent(intent.component)}`,
    Object.keys(intent.extras).length > 0 && '(has extras)',
  ].filter((part) => typeof part === 'string' && part !== '');
  return `Intent { ${parts.join(' ')} }`;
}

/** `a.b/a.b.Main` as `a.b/.Main`. */
export function shortComponent(component: string): string {
  const [name = '', activity = ''] = component.split('/');
  return activity.startsWith(`${name}.`) ? `${name}/${activity.slice(name.length)}` : component;
}

export function longComponent(component: string): string {
  const [name = '', activity = ''] = component.split('/');
  return activity.startsWith('.') ? `${name}/${name}${activity}` : component;
}
