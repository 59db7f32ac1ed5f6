import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new secret, in the spelling of Standard Webhooks: 256 bits of chance. */
export const createWebhookSecret = (): string => prefix + randomBytes(32).toString('base64');

export interface Message {
  id: string;
  /** Epoch ms of this try; receivers refuse old ones. */
  at: number;
  body: string;
}

/**
 * The headers of Standard Webhooks (spec 1.0.0): HMAC-SHA256 over id, time in seconds and body, with each of the secrets,
 * so that a receiver may change over from one to the next.
 */
export function signatureHeaders({ id, at, body }: Message, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
