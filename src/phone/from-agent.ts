import { DroverError } from '../base/error.ts';

export interface AgentFailure {
  /** What was asked, e.g. `POST /appium/gestures/click`. */
  call: string;
  status: number;
  /** W3C error name. */
  error: string;
  message: string;
}

/**
 * The one place where words of the UiAutomator2 server become codes of ours. Its names and statuses are those of
 * W3C WebDriver; what it throws itself arrives as "unknown error" with a Java message.
 */
export function fromAgent({ call, status, error, message }: AgentFailure): DroverError {
  const line = message.split('\n', 1)[0]?.slice(0, 300) ?? '';
  const options = (text: string) => ({
    message: `${text} (${call}: ${error}: ${line})`,
    details: { call, status, error },
  });

  // Only one UiAutomation may live on a phone; whoever took it, the server is of no use until it is started anew.
  // [appium#20394, appium#21429, appium-uiautomator2-server#436]
  if (/UiAutomation(Service)?\b.*(not connected|already registered|disconnected)|DeadObjectException/i.test(message)) {
    return new DroverError('phone.agent-down', options('the automation server lost its hold on the screen'));
  }
  switch (error) {
    case 'invalid session id':
    case 'session not created':
      return new DroverError('phone.agent-down', options('the session with the automation server is gone'));
    case 'no such element':
    case 'stale element reference':
    case 'no such alert':
    case 'invalid element state':
    case 'element not interactable':
      return new DroverError('phone.control-missing', options('the control is not on the screen any more'));
    case 'timeout':
    case 'script timeout':
      return new DroverError('phone.timeout', options('the phone took too long'));
    case 'unable to capture screen':
      return new DroverError('app.unexpected-screen', options('the screen cannot be captured; the app may forbid it'));
    case 'invalid argument':
    case 'invalid selector':
    case 'unknown command':
    case 'unknown method':
      return new DroverError('server.bug', options('the automation server does not understand us'));
    default:
      // "No idle state with idle timeout …" and whatever else went wrong inside: trying later is all one can do
      return new DroverError('phone.timeout', options('the automation server could not do it'));
  }
}
