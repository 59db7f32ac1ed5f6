import { get, Agent as HttpAgent } from 'node:http';
import sharp from 'sharp';
import { afterEach, describe, expect, test } from 'vitest';
import { Forward, TestScreen } from './test-screen.ts';

const open: { phone: TestScreen; forward: Forward }[] = [];

afterEach(async () => {
  for (const { phone, forward } of open.splice(0)) {
    if (phone.agent.isRunning) phone.agent.stop('killed');
    await forward.stop();
  }
});

interface Answer {
  status: number;
  sessionId: string | null;
  value: unknown;
}

/** A phone whose server is reached over TCP, as through `adb forward`. */
class Client {
  readonly phone: TestScreen;
  readonly #port: number;
  session = '';

  constructor(phone: TestScreen, port: number) {
    this.phone = phone;
    this.#port = port;
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method,
      headers: { Connection: 'close' },
      ...(text === undefined ? {} : { body: text }),
    });
    const reply = (await response.text()) || 'null';
    return { status: response.status, sessionId: null, value: null, ...JSON.parse(reply) };
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', `/session/${this.session}${path}`);
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.call('POST', `/session/${this.session}${path}`, body);
  }

  async newSession(capabilities: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.call('POST', '/session', {
      capabilities: { firstMatch: [{}], alwaysMatch: capabilities },
    });
    expect(answer.status).toBe(200);
    this.session = answer.sessionId ?? '';
    return this.session;
  }

  /** The id of the first element found; fails the test when there is none. */
  async find(strategy: string, selector: string, context = ''): Promise<string> {
    const answer = await this.post('/element', { strategy, selector, context, multiple: false });
    expect(answer, JSON.stringify(answer.value)).toMatchObject({ status: 200 });
    return (answer.value as { ELEMENT: string }).ELEMENT;
  }
}

async function connect({ waitForIdle = 0, session = true } = {}): Promise<Client> {
  const phone = new TestScreen();
  const forward = new Forward(phone.registry, 'tcp:6790');
  open.push({ phone, forward });
  const port = await forward.start();
  await phone.startAgent();
  phone.open();
  const client = new Client(phone, port);
  if (session) {
    await client.newSession();
    await client.post('/appium/settings', { settings: { waitForIdleTimeout: waitForIdle } });
  }
  return client;
}

const id = (name: string) => `com.example.notes:id/${name}`;

describe('life of the server', () => {
  test('listens only while the instrumentation runs', async () => {
    const phone = new TestScreen();
    expect(phone.registry.isListening('tcp:6790')).toBe(false);
    await phone.startAgent();
    expect(phone.registry.isListening('tcp:6790')).toBe(true);
    expect(phone.registry.isListening('tcp:7810')).toBe(true);
    expect(phone.ui.processes().some((process) => process.name === 'io.appium.uiautomator2.server')).toBe(true);
    phone.agent.stop('killed');
    expect(phone.registry.isListening('tcp:6790')).toBe(false);
    expect(phone.hasEnded).toBe(true);
    expect(phone.clock.pending).toBe(0);
  });

  test('says that it is ready, also under the old prefix', async () => {
    const client = await connect({ session: false });
    for (const path of ['/status', '/wd/hub/status']) {
      expect(await client.call('GET', path)).toMatchObject({
        status: 200,
        sessionId: 'None',
        value: {
          ready: true,
          message: 'UiAutomator2 Server is ready to accept commands',
          build: { version: '10.6.6' },
        },
      });
    }
    expect((await client.call('GET', '/sessions')).value).toEqual([]);
  });

  test('holds one session: a new one takes its place and resets the settings', async () => {
    const client = await connect();
    const first = client.session;
    await client.post('/appium/settings', {
      settings: { waitForIdleTimeout: 300, mjpegServerFramerate: 3, noSuchSetting: 1 },
    });
    expect((await client.get('/appium/settings')).value).toMatchObject({
      waitForIdleTimeout: 300,
      mjpegServerFramerate: 3,
    });
    const second = await client.newSession({ 'appium:waitForSelectorTimeout': 77 });
    expect((await client.call('GET', '/sessions')).value).toMatchObject([{ id: second }]);
    expect((await client.get('/appium/settings')).value).toMatchObject({
      waitForIdleTimeout: 10_000,
      waitForSelectorTimeout: 77,
      mjpegServerFramerate: 3, // belongs to the process
    });
    expect(await client.call('GET', `/session/${first}/appium/settings`)).toMatchObject({
      status: 404,
      value: { error: 'invalid session id', message: `The session identified by ${first} is not known` },
    });
  });

  test('ends shortly after its session was deleted', async () => {
    const client = await connect();
    expect(await client.call('DELETE', `/session/${client.session}`)).toMatchObject({ status: 200, value: null });
    expect(client.phone.agent.isRunning).toBe(true);
    await client.phone.clock.advance(15);
    expect(client.phone.agent.isRunning).toBe(false);
    expect(client.phone.lines).toContain('OK (1 test)');
    await expect(client.call('GET', '/status')).rejects.toThrow();
  });

  test('refuses what it does not know in the shapes of the real server', async () => {
    const client = await connect();
    expect(await client.get('/no/such/thing')).toMatchObject({ status: 404, value: { error: 'unknown command' } });
    expect(await client.call('GET', '/session/other/source')).toMatchObject({
      status: 404,
      value: { error: 'invalid session id' },
    });
    expect(await client.call('POST', '/session', {})).toMatchObject({
      status: 500,
      value: { error: 'session not created' },
    });
    expect(await client.post('/element', '{"strategy":')).toMatchObject({
      status: 400,
      value: { error: 'invalid argument' },
    });
    expect(await client.post('/element', { strategy: 'id' })).toMatchObject({
      status: 400,
      value: { message: "FindElementModel: The mandatory field 'selector' is not present in JSON" },
    });
    expect(await client.post('/appium/settings', { settings: { waitForIdleTimeout: 'soon' } })).toMatchObject({
      status: 400,
      value: { error: 'invalid argument' },
    });
    const stacktrace = (await client.get('/nothing')).value as { stacktrace: string };
    expect(stacktrace.stacktrace).toContain('\tat ');
  });

  test('takes bodies up to 64 KiB', async () => {
    const client = await connect();
    const field = await client.find('id', id('field'));
    const text = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });
    expect((await client.post(`/element/${field}/value`, text(65_536))).status).toBe(200);
    expect((await client.post(`/element/${field}/value`, text(65_537))).status).toBe(413);
    expect(client.phone.app.text).toHaveLength(65_536 - 11);
  });
});

test('a connection is kept for the next call', async () => {
  const phone = new TestScreen();
  const forward = new Forward(phone.registry, 'tcp:6790');
  open.push({ phone, forward });
  const port = await forward.start();
  await phone.startAgent();
  const agent = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  const status = () =>
    new Promise<number | undefined>((resolve, reject) => {
      get({ port, host: '127.0.0.1', path: '/status', agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      }).once('error', reject);
    });
  expect([await status(), await status(), await status()]).toEqual([200, 200, 200]);
  expect(forward.connections).toBe(1);
  agent.destroy();
});

describe('elements', () => {
  test.each([
    ['id', id('save')],
    ['accessibility id', 'Profile row'],
    ['class name', 'android.widget.EditText'],
    ['xpath', "//android.widget.Button[@text='Save']"],
    ['-android uiautomator', 'new UiSelector().textStartsWith("My")'],
  ])('are found by %s', async (strategy, selector) => {
    const client = await connect();
    const answer = await client.post('/element', { strategy, selector });
    const value = answer.value as Record<string, string>;
    expect(value.ELEMENT).toMatch(/^[0-9a-f-]{36}$/);
    expect(value['element-6066-11e4-a52e-4f735466cecf']).toBe(value.ELEMENT);
  });

  test('that are not there are missed, one by an error, many by an empty list', async () => {
    const client = await connect();
    expect(await client.post('/element', { strategy: 'id', selector: id('nothing') })).toMatchObject({
      status: 404,
      value: {
        error: 'no such element',
        message: 'An element could not be located on the page using the given search parameters',
      },
    });
    expect(await client.post('/elements', { strategy: 'id', selector: id('nothing') })).toMatchObject({
      status: 200,
      value: [],
    });
    expect(await client.post('/element', { strategy: 'css selector', selector: 'a' })).toMatchObject({
      status: 400,
      value: { error: 'invalid selector' },
    });
    expect(await client.post('/element', { strategy: 'xpath', selector: '//*[' })).toMatchObject({
      status: 400,
      value: { error: 'invalid selector' },
    });
  });

  test('are found below an element', async () => {
    const client = await connect();
    const row = await client.find('accessibility id', 'Profile row');
    const follow = await client.find('class name', 'android.widget.TextView', row);
    expect((await client.get(`/element/${follow}/text`)).value).toBe('Follow');
  });

  test('tell text, name, attributes and place', async () => {
    const client = await connect();
    const save = await client.find('id', id('save'));
    const read = async (path: string) => (await client.get(`/element/${save}${path}`)).value;
    expect(await read('/text')).toBe('Save');
    expect(await read('/name')).toBeNull();
    expect(await read('/rect')).toEqual({ x: 0, y: 200, width: 400, height: 100 });
    expect(await read('/size')).toEqual({ width: 400, height: 100 });
    expect(await read('/location')).toEqual({ x: 0, y: 200 });
    expect(await read('/attribute/className')).toBe('android.widget.Button');
    expect(await read('/attribute/resource-id')).toBe(id('save'));
    expect(await read('/attribute/clickable')).toBe('true');
    expect(await read('/attribute/displayed')).toBe('true');
    expect(await read('/attribute/bounds')).toBe('[0,200][400,300]');
    expect(await client.get(`/element/${save}/attribute/colour`)).toMatchObject({
      status: 404,
      value: { error: 'unknown command' },
    });
    const png = Buffer.from(String(await read('/screenshot')), 'base64');
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 400, height: 100 });
  });

  test('are clicked in their middle', async () => {
    const client = await connect();
    await client.post(`/element/${await client.find('id', id('save'))}/click`);
    const label = await client.find('xpath', "//*[@text='Follow']");
    await client.post(`/element/${label}/click`);
    expect(client.phone.app.log).toEqual(['start', 'save', 'row']);
  });

  test('keep their id while they stay, are stale on another screen, and are unknown when never seen', async () => {
    const client = await connect();
    const save = await client.find('id', id('save'));
    expect(await client.find('id', id('save'))).toBe(save);
    client.phone.app.screenName = 'other';
    for (const path of ['/click', '/clear']) {
      expect(await client.post(`/element/${save}${path}`)).toMatchObject({
        status: 404,
        value: { error: 'stale element reference' },
      });
    }
    expect(client.phone.app.log).toEqual(['start']);
    expect(await client.get('/element/00000000-0000-0000-0000-000000000000/text')).toMatchObject({
      status: 404,
      value: { error: 'no such element' },
    });
  });

  test('of a list are stale when their row shows something else', async () => {
    const client = await connect();
    const item = await client.find('xpath', "//*[@text='Item 0']");
    client.phone.ui.swipe(500, 1_150, 500, 850, 300);
    expect((await client.get(`/element/${item}/attribute/displayed`)).value).toBe('false');
  });
});

describe('text', () => {
  test('is appended, replaced and cleared, without focus', async () => {
    const client = await connect();
    const field = await client.find('id', id('field'));
    expect((await client.get(`/element/${field}/text`)).value).toBe('Write something');
    await client.post(`/element/${field}/value`, { text: 'ab 😀' });
    await client.post(`/element/${field}/value`, { text: ' مرحبا' });
    expect(client.phone.app.text).toBe('ab 😀 مرحبا');
    await client.post(`/element/${field}/value`, { text: 'new', replace: true });
    expect((await client.get(`/element/${field}/text`)).value).toBe('new');
    await client.post(`/element/${field}/clear`);
    expect(client.phone.app.text).toBe('');
    expect(client.phone.ui.isKeyboardShown).toBe(false);
    const save = await client.find('id', id('save'));
    expect(await client.post(`/element/${save}/value`, { text: 'x' })).toMatchObject({
      status: 400,
      value: { error: 'invalid element state' },
    });
    expect(await client.post(`/element/${save}/clear`)).toMatchObject({ status: 200, value: null });
  });

  test('with a backslash and n at its end keeps them and presses Enter', async () => {
    const client = await connect();
    const field = await client.find('id', id('field'));
    await client.post(`/element/${field}/click`);
    await client.post(`/element/${field}/value`, { text: 'line\\n' });
    expect(client.phone.app.text).toBe('line\\n\n');
  });

  test('goes to the focused field, which is the active element', async () => {
    const client = await connect();
    expect((await client.get('/element/active')).status).toBe(404);
    const field = await client.find('id', id('field'));
    await client.post(`/element/${field}/click`);
    expect((await client.get('/element/active')).value).toMatchObject({ ELEMENT: field });
    await client.post('/keys', { text: 'typed' });
    expect(client.phone.app.text).toBe('typed');
  });
});

describe('waiting for idle', () => {
  /** The call waits on the phone's clock, which moves only when told. */
  const isWaiting = ({ phone }: Client) => expect.poll(() => phone.clock.pending).toBeGreaterThan(0);

  test('a playing screen costs every find the whole waitForIdleTimeout', async () => {
    const client = await connect({ waitForIdle: 4_000 });
    client.phone.app.isPlaying = true;
    const answer = client.get('/source');
    await isWaiting(client);
    await client.phone.clock.advance(3_900);
    expect(client.phone.clock.pending).toBe(1);
    await client.phone.clock.advance(100);
    expect(client.phone.clock.pending).toBe(0);
    expect((await answer).status).toBe(200);
  });

  test('a screen that comes to rest is idle half a second later', async () => {
    const client = await connect({ waitForIdle: 10_000 });
    client.phone.ui.changed();
    const answer = client.post('/element', { strategy: 'id', selector: id('save') });
    await isWaiting(client);
    await client.phone.clock.advance(400);
    expect(client.phone.clock.pending).toBe(1);
    await client.phone.clock.advance(100);
    expect(client.phone.clock.pending).toBe(0);
    expect((await answer).status).toBe(200);
  });

  test('zero means not to wait, whatever the screen does', async () => {
    const client = await connect({ waitForIdle: 0 });
    client.phone.app.isPlaying = true;
    expect((await client.get('/source')).status).toBe(200);
  });
});

describe('faults', () => {
  test('agent-crash hangs up and ends the instrumentation; it can be started again', async () => {
    const client = await connect();
    client.phone.faults.add({ kind: 'agent-crash' });
    expect(client.phone.agent.isRunning).toBe(false);
    expect(client.phone.lines).toContain('INSTRUMENTATION_RESULT: shortMsg=Process crashed.');
    expect(client.phone.hasEnded).toBe(true);
    await expect(client.get('/source')).rejects.toThrow();
    await client.phone.startAgent();
    expect((await client.call('GET', '/status')).status).toBe(200);
    expect((await client.get('/source')).value).toMatchObject({ error: 'invalid session id' });
  });

  test('a crash hangs up calls under way', async () => {
    const client = await connect({ waitForIdle: 10_000 });
    client.phone.app.isPlaying = true;
    const answer = client.get('/source');
    await expect.poll(() => client.phone.clock.pending).toBeGreaterThan(0);
    client.phone.faults.add({ kind: 'agent-crash' });
    await expect(answer).rejects.toThrow();
    expect(client.phone.clock.pending).toBe(0);
  });

  test('ui-automation-lost fails every call until the server is started again', async () => {
    const client = await connect();
    client.phone.faults.add({ kind: 'ui-automation-lost' });
    for (const answer of [await client.get('/source'), await client.get('/screenshot'), await client.post('/back')]) {
      expect(answer.status).toBe(500);
      expect((answer.value as { message: string }).message).toContain('UiAutomation not connected!');
    }
    expect((await client.call('POST', '/session', { capabilities: {} })).status).toBe(500);
    client.phone.agent.stop('killed');
    await client.phone.startAgent();
    await client.newSession();
    expect((await client.get('/window/current/size')).status).toBe(200);
  });

  test('slow keeps a caller waiting', async () => {
    const client = await connect();
    client.phone.faults.add({ kind: 'slow' });
    const answer = client.get('/source');
    await expect.poll(() => client.phone.clock.pending).toBeGreaterThan(0);
    await client.phone.clock.advance(4_000);
    expect((await answer).status).toBe(200);
  });
});

describe('gestures and actions', () => {
  test('click, long click and drag by offset or element', async () => {
    const client = await connect();
    await client.post('/appium/gestures/click', { offset: { x: 100, y: 250 } });
    const row = await client.find('accessibility id', 'Profile row');
    await client.post('/appium/gestures/click', { origin: { ELEMENT: row }, offset: { x: 5, y: 5 } });
    await client.post('/appium/gestures/click', { locator: { strategy: 'id', selector: id('save') } });
    expect(client.phone.app.log).toEqual(['start', 'save', 'row', 'save']);
    expect(await client.post('/appium/gestures/click', {})).toMatchObject({
      status: 400,
      value: { error: 'invalid argument' },
    });
  });

  const moving = async (client: Client, call: Promise<Answer>): Promise<Answer> => {
    let answer: Answer | undefined;
    void call.then((reply) => {
      answer = reply;
    });
    while (!answer) await client.phone.clock.advance(50);
    return answer;
  };

  test('scroll moves a list and says whether there is more', async () => {
    const client = await connect();
    const origin = { ELEMENT: await client.find('id', id('list')) };
    const scroll = async (direction: string) =>
      (await moving(client, client.post('/appium/gestures/scroll', { origin, direction, percent: 0.8 }))).value;
    expect(await scroll('down')).toBe(true);
    expect(client.phone.app.scrolled).toBeGreaterThan(200);
    for (let again = 0; again < 20; again++) await scroll('down');
    expect(await scroll('down')).toBe(false);
    expect(client.phone.app.scrolled).toBe(1_600);
  });

  test('scrollIntoView brings a far row to the screen', async () => {
    const client = await connect();
    const selector =
      'new UiScrollable(new UiSelector().scrollable(true)).scrollIntoView(new UiSelector().text("Item 17"))';
    expect((await client.post('/element', { strategy: '-android uiautomator', selector })).status).toBe(200);
    expect((await client.get('/source')).value).toContain('Item 17');
    // a row above is searched from the beginning of the list
    const above = selector.replace('Item 17', 'Item 1');
    expect((await client.post('/element', { strategy: '-android uiautomator', selector: above })).status).toBe(200);
  });

  test('scroll_to takes the first list there is, or the one a UiSelector found', async () => {
    const client = await connect();
    const scrollTo = (params: object, origin?: object) =>
      client.post('/gestures/scroll_to', { params, ...(origin && { origin }) });
    const row = (text: string) => ({ strategy: '-android uiautomator', selector: `new UiSelector().text("${text}")` });
    expect(await scrollTo(row('Item 15'))).toMatchObject({ status: 200, value: null });
    expect(client.phone.app.scrolled).toBeGreaterThan(1_000);
    expect(await scrollTo({ ...row('Item 99'), maxSwipes: 3 })).toMatchObject({
      status: 404,
      value: { error: 'no such element' },
    });
    expect(await scrollTo({ strategy: 'id', selector: id('save') })).toMatchObject({ status: 400 });
    const byId = { ELEMENT: await client.find('id', id('list')) };
    expect(await scrollTo(row('Item 2'), byId)).toMatchObject({
      status: 400,
      value: { message: 'The given origin element must be a valid scrollable UiObject' },
    });
    const bySelector = { ELEMENT: await client.find('-android uiautomator', 'new UiSelector().scrollable(true)') };
    expect((await scrollTo(row('Item 2'), bySelector)).status).toBe(200);
    const target = await client.find('-android uiautomator', 'new UiSelector().text("Item 2")');
    await scrollTo(row('Item 18'), bySelector);
    expect((await client.post(`/appium/element/${bySelector.ELEMENT}/scroll_to/${target}`)).status).toBe(200);
    expect((await client.get('/source')).value).toContain('"Item 2"');
  });

  test('W3C pointers tap, hold and swipe', async () => {
    const client = await connect();
    const finger = (actions: unknown[]) => ({
      actions: [{ type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' }, actions }],
    });
    const at = (x: number, y: number, duration = 0) => ({ type: 'pointerMove', duration, x, y, origin: 'viewport' });
    const [down, up] = [
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await moving(client, client.post('/actions', finger([at(100, 250), down, { type: 'pause', duration: 50 }, up])));
    expect(client.phone.app.log).toEqual(['start', 'save']);
    await moving(client, client.post('/actions', finger([at(500, 1_150), down, at(500, 850, 250), up])));
    expect(client.phone.app.scrolled).toBe(300);
    const row = await client.find('accessibility id', 'Profile row');
    const onRow = {
      type: 'pointerMove',
      duration: 0,
      x: 0,
      y: 0,
      origin: { 'element-6066-11e4-a52e-4f735466cecf': row },
    };
    await moving(client, client.post('/actions', finger([onRow, down, up])));
    expect(client.phone.app.log).toEqual(['start', 'save', 'row']);
    expect(await client.post('/actions', finger([down, up]))).toMatchObject({ status: 400 });
  });

  test('W3C keys type', async () => {
    const client = await connect();
    await client.post(`/element/${await client.find('id', id('field'))}/click`);
    const press = (value: string) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
    await client.post('/actions', {
      actions: [{ type: 'key', id: 'keys', actions: [...press('h'), ...press('i'), ...press('\ue003')] }],
    });
    expect(client.phone.app.text).toBe('h');
    const shift = (type: string) => ({ type, value: '\ue008' });
    await client.post('/actions', {
      actions: [{ type: 'key', id: 'k', actions: [shift('keyDown'), ...press('o'), ...press('1'), shift('keyUp')] }],
    });
    expect(client.phone.app.text).toBe('hO!');
    expect(await client.post('/actions', { actions: [{ type: 'key', id: 'k', actions: press('é') }] })).toMatchObject({
      status: 400,
      value: { error: 'invalid argument' },
    });
    await client.post('/appium/device/press_keycode', { keycode: 29, metastate: 1 });
    await client.post('/appium/device/press_keycode', { keycode: 30 });
    expect(client.phone.app.text).toBe('hO!Ab');
    client.phone.ui.clipboard = ' pasted';
    await client.post('/appium/device/press_keycode', { keycode: 50, metastate: 4_096 });
    expect(client.phone.app.text).toBe('hO!Ab pasted');
  });
});

describe('the phone', () => {
  test('tells what it is', async () => {
    const client = await connect();
    const read = async (path: string) => (await client.get(path)).value;
    expect(await read('/appium/device/info')).toMatchObject({
      model: 'Test phone',
      apiVersion: '34',
      realDisplaySize: '1080x2400',
    });
    expect(await read('/appium/device/battery_info')).toEqual({ level: 1, status: 5 });
    expect(await read('/appium/device/pixel_ratio')).toBe(2.625);
    expect(await read('/appium/device/display_density')).toBe(420);
    expect(await read('/appium/device/system_bars')).toEqual({ statusBar: 63 });
    expect(await read('/window/current/size')).toEqual({ width: 1080, height: 2400 });
    expect(await read('/orientation')).toBe('PORTRAIT');
    expect(await read('/rotation')).toEqual({ x: 0, y: 0, z: 0 });
    const png = Buffer.from(String(await read('/screenshot')), 'base64');
    expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1080, height: 2400 });
  });

  test('switches no network, in the words of an app of today', async () => {
    const client = await connect();
    const turn = async (type: unknown) => (await client.post('/network_connection', { type })).value;
    expect(await turn(2)).toMatchObject({ error: 'invalid element state', message: 'Unable to ENABLEWIFI' });
    expect(await turn(6)).toMatchObject({ error: 'unknown error' });
    expect(await turn(3)).toMatchObject({ error: 'invalid argument' });
  });

  test('runs scheduled actions by itself until they are done or taken back', async () => {
    const client = await connect();
    const taps = (name: string, more: object) =>
      client.post('/appium/schedule_action', {
        name,
        steps: [
          { type: 'gesture', name: 'tap', payload: { subtype: 'click', offset: { x: 100, y: 250 } } },
          { type: 'source', name: 'look', payload: { subtype: 'xml' } },
        ],
        intervalMs: 1_000,
        ...more,
      });
    const saves = () => client.phone.app.log.filter((line) => line === 'save').length;
    expect((await taps('twice', { times: 2 })).value).toBeNull();
    await client.phone.clock.advance(5_000);
    expect(saves()).toBe(2);
    expect((await client.post('/appium/action_history', { name: 'twice' })).value).toMatchObject({
      repeats: 2,
      stepResults: [
        [
          { name: 'tap', passed: true },
          { name: 'look', passed: true, result: expect.stringContaining('<hierarchy') },
        ],
        [{ name: 'tap' }, { name: 'look' }],
      ],
    });
    expect(await taps('twice', {})).toMatchObject({ status: 400 });
    await taps('often', { times: 100 });
    await client.phone.clock.advance(1_000);
    const before = saves();
    expect(before).toBeGreaterThan(2);
    expect((await client.post('/appium/unschedule_action', { name: 'often' })).status).toBe(200);
    await client.phone.clock.advance(5_000);
    expect(saves()).toBe(before);
    expect(await client.post('/appium/action_history', { name: 'often' })).toMatchObject({ status: 400 });
    await taps('again', { times: 100 });
    await client.newSession();
    await client.phone.clock.advance(5_000);
    expect(saves()).toBe(before);
  });

  test('turns', async () => {
    const client = await connect();
    await client.post('/orientation', { orientation: 'LANDSCAPE' });
    expect((await client.get('/window/current/size')).value).toEqual({ width: 2400, height: 1080 });
    await client.post('/rotation', { x: 0, y: 0, z: 0 });
    expect((await client.get('/orientation')).value).toBe('PORTRAIT');
  });

  test('has a clipboard, keys, a shade', async () => {
    const client = await connect();
    const content = Buffer.from('Grüße 😀').toString('base64');
    await client.post('/appium/device/set_clipboard', { content, contentType: 'plaintext' });
    expect(client.phone.ui.clipboard).toBe('Grüße 😀');
    // from Android 10 on the server is not told what is in it
    expect((await client.post('/appium/device/get_clipboard', { contentType: 'plaintext' })).value).toBe('');
    await client.post('/appium/device/open_notifications');
    expect(client.phone.ui.foreground().activity).toBe('NotificationShade');
    await client.post('/back');
    await client.post('/appium/device/press_keycode', { keycode: 3 });
    expect(client.phone.ui.foreground().package).not.toBe('com.example.notes');
  });

  test('lists its windows; the source shows the active one, or all of them when asked', async () => {
    const client = await connect();
    await client.post(`/element/${await client.find('id', id('field'))}/click`);
    const windows = (await client.post('/appium/list_windows', { skipScreenshots: true })).value as {
      packageName: string;
    }[];
    expect(windows.map((window) => window.packageName)).toEqual([
      'com.android.systemui',
      'com.android.systemui',
      'com.google.android.inputmethod.latin',
      'com.example.notes',
    ]);
    expect(String((await client.get('/source')).value)).not.toContain('inputmethod');
    await client.post('/appium/settings', { settings: { enableMultiWindows: true } });
    expect(String((await client.get('/source')).value)).toContain('com.google.android.inputmethod.latin');
  });

  test('answers alerts by their buttons', async () => {
    const client = await connect();
    expect(await client.get('/alert/text')).toMatchObject({ status: 404, value: { error: 'no such alert' } });
    client.phone.app.isDialogOpen = true;
    expect((await client.get('/alert/text')).value).toBe('Delete all?');
    await client.post('/alert/dismiss');
    await client.post('/alert/accept');
    await client.post('/alert/accept', { buttonLabel: 'Keep' });
    expect(client.phone.app.log).toEqual(['start', 'keep', 'delete', 'keep']);
    client.phone.app.isDialogOpen = false;
    const answers: boolean[] = [];
    const ask = () =>
      client.phone.ui.requestPermission('com.example.notes', ['android.permission.CAMERA'], (answer) =>
        answers.push(answer),
      );
    ask();
    await client.post('/alert/dismiss');
    ask();
    await client.post('/alert/accept');
    expect(answers).toEqual([false, true]);
  });
});
