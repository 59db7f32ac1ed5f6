/** What an input method makes of the keys it was sent. */
export type Typed = { is: 'text'; text: string } | { is: 'action'; code: number };

/**
 * The two input methods of Appium's settings app that turn key events into something else (UnicodeIME.java and
 * AppiumIME.java of io.appium.settings 8.0). `adb shell input text` reaches them a key at a time. A new field begins anew.
 */
export interface AppiumKeys {
  press(character: string): Typed | undefined;
}

export function appiumKeys(inputMethod: string): AppiumKeys | undefined {
  if (inputMethod === 'io.appium.settings/.UnicodeIME') return new UnicodeKeys();
  if (inputMethod === 'io.appium.settings/.AppiumIME') return new ActionKeys();
  return undefined;
}

/** Modified UTF-7 (RFC 3501, 5.1.3): what stands between `&` and `-` is UTF-16 in base64, `&-` is the ampersand itself. */
class UnicodeKeys implements AppiumKeys {
  #shifted: string | undefined;

  press(character: string): Typed | undefined {
    if (this.#shifted === undefined) {
      if (character !== '&') return { is: 'text', text: character };
      this.#shifted = '';
      return undefined;
    }
    if (character !== '-') {
      this.#shifted += character;
      return undefined;
    }
    const base64 = this.#shifted.replaceAll(',', '/');
    this.#shifted = undefined;
    return { is: 'text', text: base64 === '' ? '&' : Buffer.from(base64, 'base64').swap16().toString('utf16le') };
  }
}

const actions: Readonly<Record<string, number>> = {
  normal: 0,
  unspecified: 0,
  none: 1,
  go: 2,
  search: 3,
  send: 4,
  next: 5,
  done: 6,
  previous: 7,
};
const longestName = 20;

/** `/search/` performs an editor action, by name or number; a name it does not know is typed. */
class ActionKeys implements AppiumKeys {
  #name: string | undefined;

  press(character: string): Typed | undefined {
    if (this.#name === undefined) {
      if (character !== '/') return { is: 'text', text: character };
      this.#name = '';
      return undefined;
    }
    if (character !== '/' && this.#name.length < longestName) {
      this.#name += character;
      return undefined;
    }
    const name = this.#name;
    this.#name = undefined;
    const code = /^-?\d+$/.test(name) ? Number(name) : actions[name.toLowerCase()];
    return code === undefined ? { is: 'text', text: name } : { is: 'action', code };
  }
}
