import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One request as it stands on the wire; nothing is added to it. */
export interface RawRequest {
  method: string;
  /** Request target, as it is sent. */
  target: string;
  /** Name and value of each line, in this order; a name may come twice. */
  headers: readonly (readonly [string, string])[];
  body?: string;
}

export interface RawAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * A kept connection that sends many requests before it reads the first answer: thousands a second, with any header, which
 * no ordinary client would send.
 */
export class RawConnection {
  readonly #socket: Socket;
  #rest = Buffer.alloc(0);
  #wake: () => void = () => {};
  #isOver = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      this.#wake();
    });
    socket.on('error', () => {}); // a cut shows as an answer that is missing
    socket.on('close', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Answers in the order of the requests; the status 0 stands where the connection ended before one came. */
  async send(requests: readonly RawRequest[]): Promise<RawAnswer[]> {
    this.#socket.write(requests.map(textOf).join(''));
    const answers: RawAnswer[] = [];
    for (const { method } of requests) answers.push(await this.#read(method === 'HEAD'));
    return answers;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #read(isHead: boolean): Promise<RawAnswer> {
    for (;;) {
      const answer = this.#take(isHead);
      if (answer) return answer;
      if (this.#isOver) return { status: 0, headers: { connection: 'close' }, body: '' };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #take(isHead: boolean): RawAnswer | undefined {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [statusLine = '', ...lines] = this.#rest.subarray(0, end).toString('latin1').split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const status = Number(statusLine.split(' ')[1]);
    const isEmpty = isHead || status === 204 || status === 304 || headers.connection === 'close';
    const length = Number(isHead ? 0 : (headers['content-length'] ?? (isEmpty ? 0 : Number.NaN)));
    if (Number.isNaN(length)) throw new Error(`an answer without a length: ${statusLine}`);
    const start = end + 4;
    if (this.#rest.length < start + length) return undefined;
    const body = this.#rest.subarray(start, start + length).toString('utf8');
    this.#rest = this.#rest.subarray(start + length);
    return { status, headers, body };
  }
}

function textOf({ method, target, headers, body = '' }: RawRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${target} HTTP/1.1\r\n${lines}${length}\r\n${body}`;
}

/**
 * Sends all over `connections` kept connections, `depth` at a time on each; answers in the order of the requests. A
 * connection that the server closes is opened anew; what was on its way in it is lost.
 */
export async function sendAll(
  port: number,
  requests: readonly RawRequest[],
  { connections = 4, depth = 50 } = {},
): Promise<RawAnswer[]> {
  const answers = new Array<RawAnswer>(requests.length);
  let next = 0;
  const work = async (): Promise<void> => {
    let connection = await RawConnection.open(port);
    try {
      while (next < requests.length) {
        const from = next;
        next = Math.min(requests.length, from + depth);
        const got = await connection.send(requests.slice(from, next));
        got.forEach((answer, n) => {
          answers[from + n] = answer;
        });
        if (got.at(-1)?.headers.connection !== 'close') continue;
        connection.close();
        connection = await RawConnection.open(port);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return answers;
}
