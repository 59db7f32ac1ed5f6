import { faultsOf, operationAt } from './checked-answer.ts';

/** The answer differs from what `/openapi.json` promises. */
export class UndocumentedAnswer extends Error {
  constructor(method: string, path: string, faults: readonly string[]) {
    super(`${method} ${path}: ${faults.join('; ')}`);
    this.name = 'UndocumentedAnswer';
  }
}

/**
 * `fetch` that holds every answer below `/api/v1` against its operation: status, content type, code, and each field of
 * `data`. Throws `UndocumentedAnswer`; other paths and streams pass unread.
 */
export const checkedFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { method } = request;
  const path = decodePath(new URL(request.url).pathname);
  const response = await fetch(request);
  if (!path.startsWith('/api/v1')) return response;
  const operation = operationAt(method, path);
  const isUnread = method === 'HEAD' || (operation?.raw !== undefined && response.status < 300);
  const faults = faultsOf(operation, {
    status: response.status,
    contentType: response.headers.get('content-type'),
    text: isUnread ? null : await response.clone().text(),
  });
  if (faults.length > 0) throw new UndocumentedAnswer(method, path, faults);
  return response;
};

/** A path whose escapes are broken names nothing of ours. */
function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
