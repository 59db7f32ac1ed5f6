import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type FaultInput, faultKinds } from './faults.ts';
import type { FaultKind } from './parts.ts';
import type { SimPhone } from './phone.ts';
import { decodePart } from './url-part.ts';

const maxBodyBytes = 64 * 1024;

class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The virtual phones' control routes, on loopback only: what truly happened on each phone, and its fault switches.
 * Requests by a web page (foreign Host, any Origin) are refused.
 */
export class ControlServer {
  readonly #phones: () => readonly SimPhone[];
  readonly #server: Server;

  constructor(phones: () => readonly SimPhone[]) {
    this.#phones = phones;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  /** Port 0 takes a free one. Resolves with the port. */
  start(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(address && typeof address === 'object' ? address.port : port);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      checkOrigin(request);
      const answer = await this.#answer(request);
      if (answer instanceof Uint8Array) {
        response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': String(answer.length) }).end(answer);
      } else sendJson(response, 200, answer);
    } catch (thrown) {
      const status = thrown instanceof ControlError ? thrown.status : 500;
      sendJson(response, status, { error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const path = (request.url ?? '/').replace(/\?.*$/s, '');
    const [, first, serial, last, ...more] = path.split('/');
    const method = request.method ?? 'GET';
    if (first !== 'phones' || more.length > 0) throw new ControlError(404, `no such route: ${path}; begin at /phones`);
    if (serial === undefined || serial === '') {
      demand(method, ['GET'], path);
      return this.#phones().map(describe);
    }
    const phone = this.#find(decodePart(serial));
    switch (last) {
      case undefined:
        demand(method, ['GET'], path);
        return { ...describe(phone), faults: phone.faults.active() };
      case 'actions':
        demand(method, ['GET'], path);
        return phone.actions();
      case 'unknown':
        demand(method, ['GET'], path);
        return phone.host.unknown;
      case 'screen':
        demand(method, ['GET'], path);
        return phone.ui.picture('png');
      case 'faults': {
        demand(method, ['GET', 'POST', 'DELETE'], path);
        if (method === 'POST') phone.faults.add(parseFault(await readBody(request)));
        if (method === 'DELETE') phone.faults.clear();
        return { faults: phone.faults.active() };
      }
      default:
        throw new ControlError(404, `no such route: ${path}; a phone has actions, faults, unknown and screen`);
    }
  }

  #find(serial: string): SimPhone {
    const phones = this.#phones();
    const phone = phones.find((other) => other.serial === serial);
    if (phone) return phone;
    throw new ControlError(404, `no phone ${serial}; there are ${phones.map((other) => other.serial).join(', ')}`);
  }
}

function describe(phone: SimPhone) {
  return {
    serial: phone.serial,
    port: phone.port,
    app: phone.app,
    app_version: phone.appVersion,
    apps: phone.twins,
    language: phone.language,
    state: phone.state,
  };
}

function demand(method: string, allowed: readonly string[], path: string): void {
  if (!allowed.includes(method)) throw new ControlError(405, `${path} takes ${allowed.join(', ')}, not ${method}`);
}

function checkOrigin({ headers }: IncomingMessage): void {
  const host = (headers.host ?? '').replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '[::1]') {
    throw new ControlError(403, 'control routes answer on 127.0.0.1 and localhost only');
  }
  if (headers.origin !== undefined) throw new ControlError(403, 'control routes are not for web pages');
}

/** Reads `{"kind", "after_ms"?, "for_ms"?, "at"?}`. Throws with what would be right. Exported for tests. */
export function parseFault(body: string): FaultInput {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new ControlError(400, 'the body is not JSON; send {"kind": "unplug", "for_ms": 5000}');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ControlError(400, 'the body must be an object like {"kind": "unplug", "for_ms": 5000}');
  }
  const { kind, after_ms, for_ms, at, ...others } = parsed as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw new ControlError(400, `unknown field "${other}"; a fault has kind, after_ms, for_ms and at`);
  }
  if (typeof kind !== 'string' || !Object.hasOwn(faultKinds, kind)) {
    throw new ControlError(
      400,
      `kind ${JSON.stringify(kind) ?? 'is missing'}; must be one of: ${Object.keys(faultKinds).join(', ')}`,
    );
  }
  return {
    kind: kind as FaultKind,
    afterMs: duration('after_ms', after_ms),
    forMs: duration('for_ms', for_ms),
    at: parseAt(at),
  };
}

function duration(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new ControlError(400, `${name} must be a number of milliseconds from 0 up, not ${JSON.stringify(value)}`);
}

/** A time (epoch ms or ISO 8601), or else a moment: the label of a control that is tapped, or a name the app gives. */
function parseAt(value: unknown): number | string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && value.trim() !== '') {
    const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? value : time;
  }
  throw new ControlError(
    400,
    'at must be a time (epoch ms or ISO 8601), the label of a control (like "Post") or a moment the app names',
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new ControlError(413, 'the body is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }).end(body);
}
