import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  authorization: string | undefined;
  body: Record<string, unknown>;
}

/** What is answered: a status with a body, text as it is, or nothing at all. */
export type Reply = { status: number; body: unknown } | { raw: string } | 'hang' | 'drop';

/** `choices` with one message, as the services spell it. */
export const said = (content: string | null, more: { finish?: string; refusal?: string } = {}): Reply => ({
  status: 200,
  body: {
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: more.finish ?? 'stop',
        message: { role: 'assistant', content, ...(more.refusal !== undefined && { refusal: more.refusal }) },
      },
    ],
  },
});

/** A text service on loopback that speaks the OpenAI-compatible HTTP API: answers what the test says, in turn. */
export class TextService implements AsyncDisposable {
  readonly asked: Asked[] = [];
  readonly #replies: Reply[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      this.asked.push({
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>,
      });
      const reply = this.#replies.length > 1 ? this.#replies.shift() : this.#replies[0];
      if (reply === 'hang' || reply === undefined) return;
      if (reply === 'drop') return void request.socket.destroy();
      const isRaw = 'raw' in reply;
      response.writeHead(isRaw ? 200 : reply.status, { 'content-type': 'application/json' });
      response.end(isRaw ? reply.raw : JSON.stringify(reply.body));
    });
  }

  static async start(...replies: Reply[]): Promise<TextService> {
    const service = new TextService();
    service.#replies.push(...replies);
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
