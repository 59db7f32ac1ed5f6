import { createHash, randomBytes } from 'node:crypto';

/** Lets scanners of repositories and logs know one when they see one. */
const prefix = 'drover_';

/** A new token: 256 bits of chance, so its hash needs no salt and no slowness. */
export const createTokenText = (): string => prefix + randomBytes(32).toString('base64url');

export const hashToken = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The token of an Authorization header (RFC 6750, section 2.1: scheme, one or more spaces, b64token; the scheme in any
 * case). Undefined for anything else.
 */
export function parseBearer(header: string): string | undefined {
  return /^bearer +([A-Za-z0-9._~+/-]{1,512}=*) *$/i.exec(header)?.[1];
}
