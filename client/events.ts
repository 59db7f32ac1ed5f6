import type { EventType } from '../src/contract/event.ts';

export interface ServerEvent {
  /** Resume after it. */
  id: number;
  type: EventType;
  subject: string;
  /** ISO 8601 with offset. */
  at: string;
  body: Record<string, unknown>;
}

/** Events of a stream, as the HTML standard spells them (server-sent events), one after the other. */
export async function* serverEvents(open: () => Promise<Response>): AsyncGenerator<ServerEvent> {
  const response = await open();
  if (!response.body) return;
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

/** Undefined for a comment that only keeps the connection open. */
function parseEvent(block: string): ServerEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== '') fields.set(name, value);
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  const { subject, at, body } = JSON.parse(data) as Pick<ServerEvent, 'subject' | 'at' | 'body'>;
  return { id: Number(fields.get('id')), type: fields.get('event') as EventType, subject, at, body };
}
