import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { createBarePhone } from '../../test/support/bare-phone.ts';
import { ManualClock } from '../base/clock.ts';
import { parseShell, ShellSyntaxError } from './shell-parse.ts';

const clock = new ManualClock(Date.UTC(2026, 4, 6, 7, 8, 9));
const phone = createBarePhone({ clock });
phone.packages.put({ name: 'com.example.app', versionName: '1.2', versionCode: 12, isSystem: false });

afterEach(() => {
  phone.host.unknown.length = 0;
  phone.touched.length = 0;
});

/** Runs one line through `shell,v2` and takes the frames apart again. */
async function run(line: string, stdin?: string): Promise<{ out: string; err: string; code: number }> {
  const stream = phone.openService(`shell,v2,raw:${line}`);
  if (!stream) throw new Error('no shell');
  if (stdin !== undefined) stream.write(Buffer.concat([frame(0, stdin), frame(4, '')]));
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  const answer = { out: '', err: '', code: -1 };
  for (let rest = Buffer.concat(parts); rest.length > 0; rest = rest.subarray(5 + rest.readUInt32LE(1))) {
    const data = rest.subarray(5, 5 + rest.readUInt32LE(1));
    if (rest[0] === 1) answer.out += data.toString();
    else if (rest[0] === 2) answer.err += data.toString();
    else if (rest[0] === 3) answer.code = data[0] ?? -1;
  }
  return answer;
}

function frame(id: number, text: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(id);
  head.writeUInt32LE(Buffer.byteLength(text), 1);
  return Buffer.concat([head, Buffer.from(text)]);
}

test.each([
  ['echo one   two', 'one two\n', 0],
  ['echo \'one   two\' "three  $USER"', 'one   two three  shell\n', 0],
  ['A=5; echo $A$' + '{A}x', '55x\n', 0],
  ['A="x  y"; echo $A "$A"', 'x y x  y\n', 0],
  ['LANG=C echo hi', 'hi\n', 0],
  ['true && echo yes || echo no', 'yes\n', 0],
  ['false && echo yes || echo no', 'no\n', 0],
  ['false; echo $?', '1\n', 0],
  ['exit 7', '', 7],
  ['echo a; exit 3; echo b', 'a\n', 3],
  ["[ -e '/data/local/tmp/mock_apps.json' ] && echo __PASS__", '', 1],
  ['[ -d /sdcard ] && echo __PASS__', '__PASS__\n', 0],
  ['if_missing=$(getprop nope); [ -z "$if_missing" ] && echo empty', 'empty\n', 0],
  ['echo $(echo inner `echo deep`)', 'inner deep\n', 0],
  ['printf "%s-%s\\n" a b | grep a | wc -l', '1\n', 0],
  ['(echo a; echo b) | tail -n 1', 'b\n', 0],
  ['! false && echo turned', 'turned\n', 0],
  ['echo lost > /dev/null; echo kept', 'kept\n', 0],
  ['echo "a;b&&c|d"', 'a;b&&c|d\n', 0],
  ["echo it\\'s", "it's\n", 0],
  ["export ANDROID_LOG_TAGS=\"''\"; exec echo '-v' done", '-v done\n', 0],
  ['cd /sdcard && pwd_is=$PWD; echo $pwd_is', '/storage/emulated/0\n', 0],
  ['echo # no comment', '\n', 0],
])('sh: %s', async (line, out, code) => {
  expect(await run(line)).toEqual({ out, err: '', code });
});

test('redirections and patterns work on the tree', async () => {
  expect(
    await run(
      'cd /data/local/tmp; echo one > a.txt; echo two >> a.txt; cp a.txt b.txt; cat < b.txt; ls *.txt; rm *.txt; ls *.txt',
    ),
  ).toEqual({
    out: 'one\ntwo\na.txt\nb.txt\n',
    err: 'ls: *.txt: No such file or directory\n',
    code: 1,
  });
  expect(await run('nope 2>&1 >/dev/null | cat')).toMatchObject({ out: expect.stringContaining('nope: inaccessible') });
});

test('standard input reaches the command', async () => {
  expect(await run('cat > /sdcard/note.txt; cat /sdcard/note.txt', 'typed\n')).toEqual({
    out: 'typed\n',
    err: '',
    code: 0,
  });
});

test('an unknown command ends with 127 and is noted', async () => {
  expect(await run('foo --bar')).toEqual({
    out: '',
    err: '/system/bin/sh: foo: inaccessible or not found\n',
    code: 127,
  });
  expect((await run('while true; do echo; done')).err).toContain('syntax error');
  await run('dumpsys frobnicator');
  expect(phone.host.unknown).toEqual([
    'shell: foo --bar',
    'shell: while true; do echo; done',
    'shell: dumpsys frobnicator',
  ]);
});

test('no line makes the parser throw anything but its own error', () => {
  const alphabet = fc.constantFrom(
    'a',
    ' ',
    '"',
    "'",
    '$',
    '(',
    ')',
    '{',
    '}',
    ';',
    '&',
    '|',
    '>',
    '<',
    '\\',
    '`',
    '=',
    '1',
    '\n',
    '#',
    '!',
  );
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 30 }), (line) => {
      try {
        parseShell(line);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ShellSyntaxError);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('whatever a quoted argument holds arrives as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0')),
      async (text) => {
        const quoted = `'${text.replaceAll("'", "'\\''")}'`;
        expect((await run(`printf %s ${quoted}`)).out).toBe(text.replaceAll('\\n', '\n').replaceAll('\\t', '\t'));
      },
    ),
    { numRuns: 40, examples: [["it's"], ['$HOME `id` "x"']] },
  );
});

test.each([
  ['getprop ro.build.version.sdk', '34\n'],
  ['whoami', 'shell\n'],
  ['date +%s', '1778051289\n'],
  ['date "+%F %T"', '2026-05-06 07:08:09\n'],
  ['pidof com.example.app', '4321\n'],
  ['wm size', 'Physical size: 108x240\n'],
  ['settings get global never_set', 'null\n'],
  ['settings put global animator_duration_scale 0; settings get global animator_duration_scale', '0\n'],
  ['cmd settings get secure user_setup_complete', '1\n'],
  ['pm path com.example.app | grep -c base.apk', '1\n'],
  ['pm list packages -3 --show-versioncode', 'package:com.example.app versionCode:12\n'],
  ['dumpsys package com.example.app | grep -o versionName=.*', 'versionName=1.2\n'],
  ['dumpsys window | grep mCurrentFocus', '  mCurrentFocus=Window{8d1f2c3 u0 com.example.app/com.example.app.Main}\n'],
  ['am get-current-user', '0\n'],
  ['which ls nope', '/system/bin/ls\n'],
  [
    'md5sum /dev/null; echo -n abc | sha256sum',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -\n',
  ],
])('%s', async (line, out) => {
  expect((await run(line)).out).toBe(out);
  expect(phone.host.unknown).toEqual([]);
});

test('input reaches the screen', async () => {
  await run(
    'input tap 10 20; input swipe 1 2 3 4 500; input swipe 5 5 5 5 900; input text "a%sb"; input keyevent KEYCODE_BACK 66',
  );
  expect(phone.touched).toEqual(['tap 10 20', 'swipe 1 2 3 4 500', 'longPress 5 5', 'type "a b"', 'key 4', 'key 66']);
  expect(await run('input tap 10')).toMatchObject({ code: 255 });
});

test('am start hands the whole intent over and tells what became of it', async () => {
  const answer = await run(
    'am start -W -a android.intent.action.SEND -t video/mp4 --eu android.intent.extra.STREAM content://media/external/video/media/7 --ez x true --ei n 3 -f 0x10000001 -n com.example.app/.Share',
  );
  expect(answer.out).toBe(
    'Starting: Intent { act=android.intent.action.SEND typ=video/mp4 flg=0x10000001 cmp=com.example.app/.Share (has extras) }\n' +
      'Status: ok\nLaunchState: HOT\nActivity: com.example.app/.Share\nTotalTime: 312\nWaitTime: 318\nComplete\n',
  );
  expect(JSON.parse(phone.touched.at(-1)?.slice('start '.length) ?? '')).toEqual({
    action: 'android.intent.action.SEND',
    type: 'video/mp4',
    component: 'com.example.app/.Share',
    categories: [],
    extras: { 'android.intent.extra.STREAM': 'content://media/external/video/media/7', x: true, n: 3 },
    flags: 0x1000_0001,
  });
  expect(await run('am start -n com.absent/.Main')).toEqual({
    out: 'Starting: Intent { cmp=com.absent/.Main }\n',
    err: 'Error type 3\nError: Activity class {com.absent/com.absent.Main} does not exist.\n',
    code: 1,
  });
  expect((await run('monkey -p com.absent -c android.intent.category.LAUNCHER 1')).code).toBe(252);
});

test('sleep takes the time of the phone', async () => {
  const running = run('sleep 5; echo awake');
  await clock.advance(4_999);
  expect(clock.pending).toBe(1);
  await clock.advance(1);
  expect((await running).out).toBe('awake\n');
});

test('an interactive shell without a terminal runs its lines', async () => {
  expect(await run('', 'echo a\nfalse\nexit 9\n')).toEqual({ out: 'a\n', err: '', code: 9 });
});

test('on a terminal it prompts, echoes and merges', async () => {
  const stream = phone.openService('shell,v2,TERM=xterm,pty:');
  stream?.write(Buffer.concat([frame(5, '24x80,0x0'), frame(0, 'echo hx\x7fi\rexit\r')]));
  const parts: Buffer[] = [];
  for await (const part of stream ?? []) parts.push(part);
  const text = Buffer.concat(parts).toString('latin1');
  expect(text).toContain('panther:/ $ ');
  expect(text).toContain('hi\r\n');
});

test('exec merges what shell v2 keeps apart, and has no exit code', async () => {
  const parts: Buffer[] = [];
  for await (const part of phone.openService("exec:echo 'a'; nope") ?? []) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('a\n/system/bin/sh: nope: inaccessible or not found\n');
});

test.each([
  // what Appium 3 with its UiAutomator2 driver sends in a session (measured), first with minimal, then with default capabilities
  'settings put global hidden_api_policy_pre_p_apps 1;settings put global hidden_api_policy_p_apps 1;settings put global hidden_api_policy 1',
  'appops set com.example.app android:mock_location allow',
  "mkdir -p '/data/local/tmp'",
  'am force-stop io.appium.uiautomator2.server',
  'ps --help',
  'ps',
  'dumpsys activity services io.appium.settings/.recorder.RecorderService',
  'settings delete global hidden_api_policy;settings delete global hidden_api_policy_p_apps',
  'dumpsys package io.appium.settings',
  'dumpsys activity services io.appium.settings',
  'cmd notification allow_listener io.appium.settings/io.appium.settings.NLService',
  'appops set com.example.app PROJECT_MEDIA allow',
  'cmd package list packages --show-versioncode',
  'pm list instrumentation',
  'dumpsys deviceidle whitelist +io.appium.settings ; dumpsys deviceidle whitelist +io.appium.uiautomator2.server',
  'pm clear com.example.app',
  'dumpsys window',
  'dumpsys power',
  'am start-activity -W -n com.example.app/.Main -S -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -f 0x10200000',
  // and what operators' own scripts send
  'svc power stayon true',
  'ime list -s',
  'ime set com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME',
  'cmd statusbar collapse',
  'cmd media_session dispatch pause',
  'dumpsys battery',
  'dumpsys input_method',
  'logcat -d -v threadtime',
  'wm density',
  'df -h /sdcard',
  'stat -c %s /sdcard/Download',
])('is known: %s', async (line) => {
  expect(await run(line)).toMatchObject({ code: 0 });
  expect(phone.host.unknown).toEqual([]);
});

test('logcat begins with a line at once and follows until the host hangs up', async () => {
  const stream = phone.openService("shell:export ANDROID_LOG_TAGS=\"''\"; exec logcat '-v' 'threadtime'");
  const first = await new Promise<Buffer>((resolve) => stream?.once('data', resolve));
  expect(first.toString()).toMatch(/^--------- beginning of main\n05-06 07:08:\d\d\.\d{3} /);
  expect((await run('ps -A -o PID,NAME')).out).toContain('logcat');
  stream?.destroy();
  while ((await run('ps -A -o PID,NAME')).out.includes('logcat')) await new Promise((resolve) => setImmediate(resolve));
});

test.each([
  [
    'logcat -d -v threadtime',
    '05-06 TIME.000 12345 12345 W Boats   : one\n05-06 TIME.000 12345 12345 W Boats   : two\n',
  ],
  [
    'logcat -d -v threadtime -v epoch',
    '         SECONDS.000 12345 12345 W Boats   : one\n         SECONDS.000 12345 12345 W Boats   : two\n',
  ],
  ['logcat -d -v brief', 'W/Boats   (12345): one\nW/Boats   (12345): two\n'],
  ['logcat -d -v raw', 'one\ntwo\n'],
  ["logcat -d -v raw '*:E'", ''],
  ["logcat -d -v raw Boats:W '*:S'", 'one\ntwo\n'],
  ['logcat -d -s -v raw Boats', 'one\ntwo\n'],
  ['logcat -t 1 -v raw', 'one\ntwo\n'],
])('%s prints the log', async (line, printed) => {
  await run('logcat -c');
  phone.log.write({ pid: 12_345, level: 'W', tag: 'Boats', text: 'one\ntwo\n' });
  const { out } = await run(line);
  const now = out.replaceAll(/\d{10}(?=\.)/g, 'SECONDS').replaceAll(/\d\d:\d\d:\d\d/g, 'TIME');
  expect(now).toBe(printed === '' ? '' : `--------- beginning of main\n${printed}`);
});
