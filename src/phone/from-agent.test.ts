import { expect, test } from 'vitest';
import { fromAgent } from './from-agent.ts';

test.each([
  ['invalid session id', 404, 'The session identified by x is not known', 'phone.agent-down'],
  ['session not created', 500, 'x', 'phone.agent-down'],
  ['unknown error', 500, 'java.lang.IllegalStateException: UiAutomation not connected!', 'phone.agent-down'],
  ['unknown error', 500, 'UiAutomationService android.accessibilityservice already registered!', 'phone.agent-down'],
  ['unknown error', 500, 'TimeoutException: No idle state with idle timeout: 500', 'phone.timeout'],
  ['unknown error', 500, 'java.lang.NullPointerException', 'phone.timeout'],
  ['no such element', 404, 'x', 'phone.control-missing'],
  ['stale element reference', 404, 'x', 'phone.control-missing'],
  ['no such alert', 404, 'x', 'phone.control-missing'],
  ['invalid element state', 400, 'x', 'phone.control-missing'],
  ['unable to capture screen', 500, 'x', 'app.unexpected-screen'],
  ['unknown command', 404, 'x', 'server.bug'],
  ['invalid argument', 400, 'x', 'server.bug'],
])('"%s" (HTTP %i, %s) is %s', (error, status, message, code) => {
  const told = fromAgent({ call: 'POST /element', status, error, message: `${message}\n\tat Some.java:1` });
  expect(told.code).toBe(code);
  expect(told.message).toContain('POST /element');
  expect(told.message).not.toContain('Some.java');
});
