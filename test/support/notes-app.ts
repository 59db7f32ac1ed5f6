import type { Rect, SimApp, UiWindow } from '../../src/sim/parts.ts';
import type { SimPhone } from '../../src/sim/phone.ts';
import { rect } from '../../src/sim/screen.ts';

export const notesPackage = 'com.example.notes';

/** An app of its own for tests of what any app needs: a field to type into, a button that counts, a list that moves. */
export class NotesApp implements SimApp {
  readonly package = notesPackage;
  readonly label = 'Notes';
  text = '';
  taps = 0;
  longPresses = 0;
  moves: { dx: number; dy: number }[] = [];
  opened: string[] = [];
  /** What the field does to a text that is typed into it. */
  transform: (text: string) => string = (text) => text;
  readonly places = {
    field: rect(40, 200, 900, 300),
    button: rect(40, 600, 400, 120),
    list: rect(0, 900, 1000, 900),
  } satisfies Record<string, Rect>;

  start(intent: { component?: string; data?: string; extras: Record<string, unknown> }): { activity: string } {
    const stream = intent.extras['android.intent.extra.STREAM'];
    if (intent.data !== undefined) this.opened.push(intent.data);
    if (typeof stream === 'string') this.opened.push(stream);
    return { activity: 'com.example.notes.Main' };
  }

  stop(): void {}

  resolve(): string {
    return 'com.example.notes.Main';
  }

  windows(): UiWindow[] {
    const { field, button, list } = this.places;
    return [
      {
        package: this.package,
        root: {
          class: 'android.widget.FrameLayout',
          bounds: rect(0, 0, 1080, 2400),
          children: [
            {
              class: 'android.widget.EditText',
              bounds: field,
              id: `${this.package}:id/note`,
              text: this.text,
              hint: 'Write a note',
              clickable: true,
              focusable: true,
              onText: (text) => {
                this.text = this.transform(text);
              },
            },
            {
              class: 'android.widget.Button',
              bounds: button,
              text: `Tapped ${this.taps}`,
              clickable: true,
              longClickable: true,
              onTap: () => {
                this.taps++;
              },
              onLongPress: () => {
                this.longPresses++;
              },
            },
            {
              class: 'android.widget.ListView',
              bounds: list,
              scrollable: true,
              onSwipe: ({ dx, dy }) => {
                this.moves.push({ dx, dy });
              },
            },
          ],
        },
      },
    ];
  }

  back(): boolean {
    return false;
  }

  isIdle(): boolean {
    return true;
  }
}

/** Puts the app on a simulated phone. */
export function installNotes(phone: SimPhone): NotesApp {
  const app = new NotesApp();
  phone.packages.put({
    name: app.package,
    versionName: '1.2.3',
    versionCode: 10,
    isSystem: false,
    launcherActivity: 'com.example.notes.Main',
  });
  phone.ui.install(app);
  return app;
}
