import type { Intent, SimApp, UiWindow } from '../parts.ts';
import type { Frame } from '../screen.ts';
import { fromTop, group, iconButton, inset, label, node, screen, textField } from '../screen.ts';
import { systemText } from './texts.ts';

export const settingsSearchPackage = 'com.android.settings.intelligence';
const activity = `${settingsSearchPackage}.search.SearchActivity`;
const action = 'android.settings.APP_SEARCH_SETTINGS';

/**
 * Search of the system settings: an app of its own since Android 9, opened by an intent. Names as in AOSP
 * packages/apps/SettingsIntelligence (AndroidManifest.xml, res/layout/search_panel.xml); the field is the one that the
 * framework's SearchView brings along.
 */
export class SettingsSearch implements SimApp {
  readonly package = settingsSearchPackage;
  readonly label = 'Settings Suggestions';
  readonly hasIcon = false;
  query = '';
  readonly #options: { frame: () => Frame; language: string; close: () => void };

  constructor(options: { frame: () => Frame; language: string; close: () => void }) {
    this.#options = options;
  }

  start(): { activity: string } {
    this.query = '';
    return { activity };
  }

  resolve(intent: Intent): string | undefined {
    return intent.action === action ? activity : undefined;
  }

  stop(): void {
    this.query = '';
  }

  back(): boolean {
    return false;
  }

  isIdle(): boolean {
    return true;
  }

  windows(): UiWindow[] {
    const { language, close } = this.#options;
    const frame = this.#options.frame();
    const { dp } = frame;
    const head = fromTop(frame.content, dp(56));
    const bar = { ...head, left: head.left + dp(56) };
    const list = { ...frame.content, top: head.bottom };
    const id = (name: string) => `${settingsSearchPackage}:id/${name}`;
    const up = iconButton({ ...head, right: bar.left }, systemText(language, 'navigateUp'), close, {
      paint: { symbol: 'back', ink: '#202124' },
    });
    const field = textField(inset(bar, dp(8)), {
      id: 'android:id/search_src_text',
      text: this.query,
      hint: systemText(language, 'searchSettings'),
      autoFocus: true,
      onText: (text) => {
        this.query = text.replaceAll('\n', '');
      },
      onEnter: () => {}, // the results stand below already
      paint: { ink: '#202124' },
    });
    const results = this.query === '' ? [] : [label(inset(list, dp(24)), systemText(language, 'noResults'))];
    return [
      {
        package: settingsSearchPackage,
        key: 'search',
        title: activity,
        root: screen(frame, [
          node('LinearLayout', frame.content, { id: id('search_panel') }, [
            node('ViewGroup', head, { id: id('search_toolbar') }, [
              up,
              group(bar, [group(bar, [field], { id: 'android:id/search_plate' })], { id: id('search_view') }),
            ]),
            group(list, results, { id: id('layout_results') }),
          ]),
        ]),
      },
    ];
  }
}
