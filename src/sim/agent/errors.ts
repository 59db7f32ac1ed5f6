/** The server's errors with the HTTP status each is sent with (UiAutomator2Exception and its subclasses). */
const statuses = {
  'no such element': 404,
  'stale element reference': 404,
  'invalid session id': 404,
  'no such alert': 404,
  'unknown command': 404,
  'invalid argument': 400,
  'invalid selector': 400,
  'invalid element state': 400,
  'unknown method': 405,
  'unknown error': 500,
  'session not created': 500,
  'unable to capture screen': 500,
} as const;

export type AgentErrorName = keyof typeof statuses;

/** A refusal as the server words it. */
export class AgentError extends Error {
  readonly error: AgentErrorName;

  constructor(error: AgentErrorName, message: string) {
    super(message);
    this.name = 'AgentError';
    this.error = error;
  }

  get status(): number {
    return statuses[this.error];
  }
}

export const noSuchElement = (
  message = 'An element could not be located on the page using the given search parameters',
): AgentError => new AgentError('no such element', message);

export const invalidArgument = (message: string): AgentError => new AgentError('invalid argument', message);

/** What Java would print below an exception; long enough to look like one, without inventing line numbers. */
export const stacktrace = (error: AgentError): string =>
  `io.appium.uiautomator2.common.exceptions.UiAutomator2Exception: ${error.message}\n\tat io.appium.uiautomator2.handler.request.SafeRequestHandler.handle(SafeRequestHandler.java)\n`;
