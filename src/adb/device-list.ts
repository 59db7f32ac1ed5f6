/** One line of `adb devices -l`. */
export interface AdbEntry {
  serial: string;
  /** Exactly as adb prints it: `device`, `offline`, `unauthorized`, `authorizing`, `no permissions`, `recovery` … */
  state: string;
  product?: string;
  model?: string;
  device?: string;
  transportId?: string;
}

/** Also of `track-devices-l`. A state may hold spaces and a whole sentence (`no permissions (…); see [http://…]`). */
export function parseDeviceList(text: string): AdbEntry[] {
  return text.split('\n').flatMap((line) => {
    const match = /^(\S+)\s+(.+)$/.exec(line.trimEnd());
    if (!match) return [];
    const [, serial = '', rest = ''] = match;
    const entry: AdbEntry = { serial, state: '' };
    const words = rest.split(/\s+/);
    const firstPair = words.findIndex((word) => /^(usb|product|model|device|transport_id):/.test(word));
    const state = words.slice(0, firstPair < 0 ? words.length : firstPair).join(' ');
    entry.state = state.startsWith('no permissions') ? 'no permissions' : state;
    for (const word of firstPair < 0 ? [] : words.slice(firstPair)) {
      const [key = '', value = ''] = splitOnce(word);
      if (key === 'product' || key === 'model' || key === 'device') entry[key] = value;
      if (key === 'transport_id') entry.transportId = value;
    }
    return entry.state === '' ? [] : [entry];
  });
}

function splitOnce(word: string): [string, string] {
  const colon = word.indexOf(':');
  return [word.slice(0, colon), word.slice(colon + 1)];
}
