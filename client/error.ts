/** The server, or something before it, did not do what was asked. */
export class DroverApiError extends Error {
  /** Of the envelope, such as 40001; null: the answer was not the server's own. */
  readonly code: number | null;
  /** Of the failure, such as `task.retry-limit`: several share one code. */
  readonly codeName: string | null;
  /** Of HTTP. */
  readonly status: number;
  /** Names the request in the server's log. */
  readonly requestId: string | null;

  constructor(answer: {
    code: number | null;
    codeName: string | null;
    status: number;
    message: string;
    requestId: string | null;
  }) {
    super(answer.message);
    this.name = 'DroverApiError';
    this.code = answer.code;
    this.codeName = answer.codeName;
    this.status = answer.status;
    this.requestId = answer.requestId;
  }
}
