export interface SseFrame {
  id: string | undefined;
  event: string;
  data: string;
}

/** Cuts a text stream of server-sent events into frames, wherever its chunks break. */
export class SseParser {
  #rest = '';

  push(chunk: string): SseFrame[] {
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const frame = parseBlock(block);
      return frame ? [frame] : [];
    });
  }
}

function parseBlock(block: string): SseFrame | undefined {
  const frame: SseFrame = { id: undefined, event: 'message', data: '' };
  let hasField = false;
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at <= 0) continue;
    const value = line.slice(at + 1).replace(/^ /, '');
    const name = line.slice(0, at);
    if (name === 'id') frame.id = value;
    else if (name === 'event') frame.event = value;
    else if (name === 'data') frame.data += frame.data === '' ? value : `\n${value}`;
    else continue;
    hasField = true;
  }
  return hasField ? frame : undefined;
}
