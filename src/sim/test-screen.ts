import { createServer, type Server } from 'node:net';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { seededRandom } from '../base/random.ts';
import { Agent } from './agent.ts';
import { SimFaults } from './faults.ts';
import { SimFiles } from './files.ts';
import { SimPackages } from './packages.ts';
import type { Intent, PhoneHost, SimApp, UiNode, UiWindow } from './parts.ts';
import { StreamRegistry } from './registry.ts';
import { button, type Frame, frameOf, label, node, rect, screen, scroller, textField } from './screen.ts';
import { SimUi } from './ui.ts';

export const demoPackage = 'com.example.notes';

/** A small app with one of everything. For tests. */
export class DemoApp implements SimApp {
  readonly package: string;
  readonly label: string;
  readonly log: string[] = [];
  readonly frame: () => Frame;
  text = '';
  scrolled = 0;
  isPlaying = false;
  isDialogOpen = false;
  screenName = 'main';
  /** Laid over the whole screen below the status bar, swallowing taps. */
  cover: UiNode | undefined;

  constructor(frame: () => Frame, { packageName = demoPackage, label: name = 'Notes' } = {}) {
    this.frame = frame;
    this.package = packageName;
    this.label = name;
  }

  start(intent: Intent): { activity: string } {
    this.log.push(`start ${intent.action ?? ''}`.trim());
    return { activity: `${this.package}.Main` };
  }

  stop(): void {
    this.text = '';
    this.log.push('stop');
  }

  resolve(intent: Intent): string | undefined {
    return intent.action === 'android.intent.action.SEND' ? '.Share' : undefined;
  }

  back(): boolean {
    if (!this.isDialogOpen) return false;
    this.isDialogOpen = false;
    return true;
  }

  isIdle(): boolean {
    return !this.isPlaying;
  }

  windows(): UiWindow[] {
    const frame = this.frame();
    const id = (name: string) => `${this.package}:id/${name}`;
    const list = rect(0, 800, frame.width, 400);
    const children = [
      label(rect(0, 100, 600, 80), 'My notes', { id: id('title') }),
      button(rect(0, 200, 400, 100), 'Save', () => this.log.push('save'), { id: id('save') }),
      button(rect(500, 200, 400, 100), 'Off', () => this.log.push('off'), { id: id('off'), enabled: false }),
      textField(rect(0, 400, frame.width, 120), {
        text: this.text,
        hint: 'Write something',
        id: id('field'),
        onText: (text) => {
          this.text = text;
        },
      }),
      node(
        'LinearLayout',
        rect(0, 600, 600, 120),
        { clickable: true, desc: 'Profile row', onTap: () => this.log.push('row'), id: id('row') },
        [label(rect(20, 620, 300, 80), 'Follow')],
      ),
      scroller(
        list,
        ({ dy }) => {
          this.scrolled = Math.max(0, Math.min(1_600, this.scrolled - dy));
        },
        Array.from({ length: 20 }, (_, index) =>
          label(rect(0, 800 + index * 100 - this.scrolled, frame.width, 100), `Item ${index}`, {
            key: `item ${index}`,
          }),
        ),
        { id: id('list') },
      ),
      ...(this.cover ? [this.cover] : []),
    ];
    const windows: UiWindow[] = [
      { package: this.package, key: this.screenName, title: 'Notes', root: screen(frame, children) },
    ];
    if (this.isDialogOpen) {
      windows.push({
        package: this.package,
        key: 'dialog',
        modal: true,
        onOutside: () => {
          this.isDialogOpen = false;
        },
        root: node('FrameLayout', rect(100, 900, 800, 400), { id: 'android:id/content' }, [
          label(rect(120, 920, 700, 80), 'Delete all?', { id: 'android:id/alertTitle' }),
          button(rect(120, 1_150, 300, 100), 'Delete', () => this.log.push('delete'), { id: 'android:id/button1' }),
          button(rect(520, 1_150, 300, 100), 'Keep', () => this.log.push('keep'), { id: 'android:id/button2' }),
        ]),
      });
    }
    return windows;
  }
}

/** A phone without adbd: screen, agent and the demo app, on a clock that stands still. For tests. */
export class TestScreen {
  readonly clock = new ManualClock();
  readonly faults = new SimFaults(this.clock);
  readonly packages = new SimPackages({ clock: this.clock });
  readonly registry = new StreamRegistry();
  readonly ui: SimUi;
  readonly app: DemoApp;
  readonly host: PhoneHost;
  readonly agent: Agent;
  /** What the instrumentation printed. */
  readonly lines: string[] = [];
  hasEnded = false;

  constructor({ language = 'en-US', sdk = 34 } = {}) {
    const random = seededRandom('test screen');
    this.ui = new SimUi({
      size: { width: 1080, height: 2400 },
      density: 420,
      sdk,
      language,
      clock: this.clock,
      random,
      log: silentLog,
      packages: this.packages,
      faults: this.faults,
    });
    this.host = {
      serial: '127.0.0.1:21000',
      clock: this.clock,
      random,
      log: silentLog,
      props: { 'ro.product.model': 'Test phone', 'ro.build.version.sdk': String(sdk), 'ro.serialno': 'AB12' },
      language,
      files: new SimFiles({ clock: this.clock }),
      packages: this.packages,
      ui: this.ui,
      faults: this.faults,
      unknown: [],
    };
    this.app = this.add(new DemoApp(() => frameOf(this.ui.size, this.ui.density)));
    this.agent = new Agent({ host: this.host, registry: this.registry, processes: this.ui.processTable });
  }

  add<App extends SimApp>(app: App): App {
    this.packages.put({ name: app.package, versionName: '1.0', versionCode: 1, isSystem: false });
    this.ui.install(app);
    return app;
  }

  open(): void {
    this.ui.start({ component: `${demoPackage}/.Main`, categories: [], extras: {}, flags: 0 });
  }

  startAgent(): Promise<void> {
    this.hasEnded = false;
    this.agent.start({
      onLine: (line) => this.lines.push(line),
      onEnd: () => {
        this.hasEnded = true;
      },
      args: {},
    });
    return this.clock.advance(200);
  }
}

/** Makes one of the phone's own ports reachable over TCP, as `adb forward` does. For tests. */
export class Forward {
  readonly #server: Server;
  /** How many connections there have been. */
  connections = 0;

  constructor(registry: StreamRegistry, service: string) {
    this.#server = createServer((socket) => {
      this.connections++;
      const stream = registry.connect(service);
      if (!stream) {
        socket.destroy();
        return;
      }
      socket.on('error', () => stream.destroy());
      socket.on('close', () => stream.destroy());
      stream.on('close', () => socket.destroy());
      socket.pipe(stream).pipe(socket);
    });
  }

  start(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(address && typeof address === 'object' ? address.port : 0);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
