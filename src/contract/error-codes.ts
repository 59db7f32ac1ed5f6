/**
 * Every way in which something can fail, by name. `wire` is the number that HTTP clients see as `code` (its first three
 * digits are the HTTP status); codes that only a task can end with have none and become 50001 should one reach a route.
 * `retry`: `no`; `later` (automatic retry may try again); `interrupt` (not the task's fault: re-queued, looks before it acts).
 * `next` is the one sentence that names what the operator can do. `adviseOverHttp`: messages of this code say what was found
 * and no more, so `next` is added to them where a request is answered.
 */
export interface ErrorCodeRow {
  wire?: number;
  retry: 'no' | 'later' | 'interrupt';
  fault: 'caller' | 'us' | 'phone' | 'app';
  next: string;
  adviseOverHttp?: true;
}

export const errorCodes = {
  'input.invalid': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Correct the field that the message names and send the request again.',
  },
  'task.wrong-state': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Read the task first: this call fits another status.',
    adviseOverHttp: true,
  },
  'task.retry-limit': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Create a new task, or raise max_retry_count in the settings.',
    adviseOverHttp: true,
  },
  'input.script-missing': { wire: 40002, retry: 'no', fault: 'caller', next: 'Name a script in script_name.' },
  'input.script-unknown': {
    wire: 40003,
    retry: 'no',
    fault: 'caller',
    next: 'Use one of the supported scripts the message lists.',
  },
  'auth.token': {
    wire: 40101,
    retry: 'no',
    fault: 'caller',
    next: 'Send a valid token as "Authorization: Bearer …" (drover token create).',
  },
  'licence.plan': {
    wire: 40301,
    retry: 'no',
    fault: 'caller',
    next: 'Install a key of plan Pro or higher.',
    adviseOverHttp: true,
  },
  'auth.origin': {
    wire: 40302,
    retry: 'no',
    fault: 'caller',
    next: 'Call the server by one of its own names, not from a foreign web page.',
    adviseOverHttp: true,
  },
  'auth.scope': {
    wire: 40303,
    retry: 'no',
    fault: 'caller',
    next: 'Use a token with the scope that is needed (drover token create).',
    adviseOverHttp: true,
  },
  'input.not-found': {
    wire: 40401,
    retry: 'no',
    fault: 'caller',
    next: 'Check the id, the name or the path.',
    adviseOverHttp: true,
  },
  'input.method': {
    wire: 40501,
    retry: 'no',
    fault: 'caller',
    next: 'Use one of the methods that the Allow header lists.',
  },
  'conflict.idempotency': {
    wire: 40901,
    retry: 'no',
    fault: 'caller',
    next: 'Use a new Idempotency-Key for a different body.',
  },
  'conflict.name': {
    wire: 40901,
    retry: 'no',
    fault: 'caller',
    next: 'Choose another name, or change the one that has it.',
    adviseOverHttp: true,
  },
  'conflict.in-use': {
    wire: 40901,
    retry: 'no',
    fault: 'caller',
    next: 'Finish, stop or delete what the message names, then send the request again.',
  },
  'task.needs-review': {
    wire: 40901,
    retry: 'no',
    fault: 'caller',
    next: 'Look at the evidence and decide the open review item of this task.',
  },
  'device.held': {
    wire: 40902,
    retry: 'later',
    fault: 'caller',
    next: 'Wait until the phone is free, or stop what holds it.',
  },
  'input.too-large': { wire: 41301, retry: 'no', fault: 'caller', next: 'Send less in one request.' },
  'input.content-type': { wire: 41501, retry: 'no', fault: 'caller', next: 'Send the body as application/json.' },
  'conduct.refused': {
    wire: 42201,
    retry: 'no',
    fault: 'caller',
    next: 'The rule that the message names forbids this action; choose another target or text.',
  },
  'conduct.rejected': {
    wire: 42201,
    retry: 'no',
    fault: 'caller',
    next: 'A person rejected this task; create another one if it should run after all.',
  },
  'input.rate': {
    wire: 42901,
    retry: 'no',
    fault: 'caller',
    next: 'Slow down; the Retry-After header says how long to wait.',
  },
  'server.bug': {
    wire: 50001,
    retry: 'no',
    fault: 'us',
    next: 'This is a fault of Drover: report it with the trace or the log line.',
  },
  'server.stopping': {
    wire: 50301,
    retry: 'interrupt',
    fault: 'us',
    next: 'The server is shutting down: start it again and the task goes on by itself; send a refused request again then.',
  },
  'phone.app-refused': {
    wire: 42202,
    retry: 'no',
    fault: 'phone',
    next: "Read Android's reason at the beginning of the message (INSTALL_FAILED_…) and use an app that fits this phone; nothing has changed.",
  },
  'phone.file-refused': {
    wire: 42203,
    retry: 'no',
    fault: 'phone',
    next: 'The message says why the phone did not do that with the file: check its free storage and the name.',
  },
  'device.not-ready': {
    wire: 50302,
    retry: 'later',
    fault: 'phone',
    next: 'See the state of the phone and its reason (drover doctor).',
  },
  'device.lost': {
    wire: 50302,
    retry: 'interrupt',
    fault: 'phone',
    next: 'Plug the phone in again; the task goes on by itself.',
  },
  'task.lease-lost': {
    wire: 50302,
    retry: 'interrupt',
    fault: 'us',
    next: 'The right to the phone lapsed; the task is queued again by itself.',
  },
  'server.host-lost': {
    wire: 50302,
    retry: 'interrupt',
    fault: 'us',
    next: 'The host of this phone is gone; the task is queued again by itself.',
  },
  'adb.unreachable': {
    wire: 50302,
    retry: 'interrupt',
    fault: 'us',
    next: 'Start the adb server (adb start-server) or correct --adb; drover doctor says more.',
  },
  'phone.agent-down': {
    wire: 50302,
    retry: 'interrupt',
    fault: 'phone',
    next: "The phone's automation server stopped and is being restarted; if it repeats, run drover doctor --phone.",
  },
  'server.data-unusable': {
    retry: 'no',
    fault: 'us',
    next: 'The data folder cannot be used as it is; do what the message says (another process, damage, a newer version).',
  },
  'server.disk-full': { wire: 50701, retry: 'no', fault: 'us', next: 'Free space on the disk of the data folder.' },
  'phone.control-missing': {
    retry: 'later',
    fault: 'app',
    next: 'Open the trace: the control was not on the screen; the app may have changed.',
  },
  'phone.timeout': {
    retry: 'later',
    fault: 'app',
    next: 'Open the trace to see what the phone showed while it was waited for.',
  },
  'phone.control-ambiguous': {
    retry: 'no',
    fault: 'app',
    next: 'Open the trace: signals named different nodes, so nothing was tapped; report it with the trace.',
  },
  'phone.text-mismatch': {
    retry: 'later',
    fault: 'phone',
    next: 'The text read back differs from the text typed; check the keyboard of the phone.',
  },
  'phone.screen-malformed': {
    retry: 'later',
    fault: 'phone',
    next: "The tree of the screen is no whole XML: it was cut on its way, or it is no phone's hierarchy; capture it again.",
  },
  'app.unexpected-screen': {
    retry: 'later',
    fault: 'app',
    next: 'Open the trace: an unknown screen was shown; bring the app into a normal state and retry.',
  },
  'app.missing': { retry: 'no', fault: 'app', next: 'Install the app on the phone.' },
  'app.logged-out': { retry: 'no', fault: 'app', next: 'Log the account in on the phone.' },
  'app.wrong-account': {
    retry: 'no',
    fault: 'app',
    next: 'Switch the app to the account of the task, or correct the task.',
  },
  'app.update-required': { retry: 'no', fault: 'app', next: 'Update the app on the phone.' },
  'app.target-missing': {
    retry: 'no',
    fault: 'caller',
    next: 'The user, post, sound or product does not exist or is not visible to this account; check the name.',
  },
  'app.comments-off': {
    retry: 'no',
    fault: 'caller',
    next: 'The post takes no comments from this account; choose another post.',
  },
  'app.limited': {
    retry: 'no',
    fault: 'app',
    next: 'The platform asks to slow down: the account pauses for 24 hours by itself; lower its limits in the settings before it goes on.',
  },
  'app.suspended': {
    retry: 'no',
    fault: 'app',
    next: 'The platform has closed or suspended the account: read its notice on the phone, appeal there, and disable the account until it is open again.',
  },
  'app.checkpoint': {
    retry: 'no',
    fault: 'app',
    next: 'The platform wants to know that it is you: answer its question on the phone yourself, then retry the task.',
  },
  'app.missing-script': {
    retry: 'no',
    fault: 'app',
    next: 'This script, or this option of it, is not built for this app yet: use another one, or the other app.',
  },
  'media.missing': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Check the path: the file must exist, hold something, and be readable for the server.',
  },
  'media.unusable': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Export the file anew: a whole MP4, MOV, WebM or Matroska video, or a JPEG, PNG or WebP image.',
  },
  'media.wrong-kind': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Give a video where a video is due and an image where an image is due, or change content_type.',
  },
  'media.too-large': {
    wire: 41301,
    retry: 'no',
    fault: 'caller',
    next: 'Make the file smaller, or raise media.max_file_mb in the settings.',
  },
  'media.outside-roots': {
    wire: 40001,
    retry: 'no',
    fault: 'caller',
    next: 'Put the file below one of the allowed media folders.',
  },
  'media.none-left': { retry: 'no', fault: 'caller', next: 'Add media, or allow used items again.' },
  'media.in-use': {
    wire: 40901,
    retry: 'no',
    fault: 'caller',
    next: 'Wait until the task that posts it has ended, or stop that task first.',
  },
  'input.range': {
    wire: 41601,
    retry: 'no',
    fault: 'caller',
    next: 'Ask for bytes that the file has; the Content-Range header says how many there are.',
    adviseOverHttp: true,
  },
  'media.push-failed': {
    retry: 'later',
    fault: 'phone',
    next: 'Check the free space of the phone and its connection.',
  },
  'task.effect-not-done': {
    retry: 'later',
    fault: 'app',
    next: 'The app did not carry the action out: look at the trace, then retry the task.',
  },
  'task.timed-out': { retry: 'later', fault: 'app', next: 'Open the trace to see where the time went.' },
  'task.stopped': { retry: 'no', fault: 'caller', next: 'Somebody stopped it; retry it if it should run after all.' },
} as const satisfies Record<string, ErrorCodeRow>;

export type ErrorCode = keyof typeof errorCodes;

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);

/** The row of a code, typed as the whole row (`wire` may be absent). */
export const errorCodeRow = (code: ErrorCode): ErrorCodeRow => errorCodes[code];
