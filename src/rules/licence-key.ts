import { CompactSign, type CryptoKey, compactVerify, importPKCS8, importSPKI } from 'jose';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DroverError } from '../base/error.ts';
import { planNames } from '../contract/license.ts';

/**
 * A licence key is a signed JWS (RFC 7515, compact form; Ed25519, so `alg` is EdDSA) over these claims, named as in RFC 7519.
 * Whether it holds can be told offline, by the vendor's public key alone.
 */
const Claims = Type.Object({
  jti: Type.String({ minLength: 1, maxLength: 100 }),
  sub: Type.String({ minLength: 1, maxLength: 200 }),
  plan: Type.Enum([...planNames]),
  iat: Type.Integer({ minimum: 0 }),
  exp: Type.Optional(Type.Integer({ minimum: 0 })),
  machine: Type.Optional(Type.String({ pattern: '^[0-9a-f]{32}$' })),
});

export interface LicenceClaims {
  id: string;
  holder: string;
  plan: Static<typeof Claims>['plan'];
  /** Epoch ms, as the next. */
  issuedAt: number;
  /** Null: it never does. */
  expiresAt: number | null;
  /** Null: holds on any machine. */
  machineId: string | null;
}

const alg = 'EdDSA';
/** Keeps other things that the vendor may sign with the same key from being taken for a licence. */
const typ = 'drover-licence';

/** Throws `input.invalid` for what is no PEM of an Ed25519 key. */
export async function importVendorKey(pem: string, where: string): Promise<CryptoKey> {
  try {
    return await importSPKI(pem, alg);
  } catch (cause) {
    throw new DroverError('input.invalid', { message: `${where} holds no public Ed25519 key in PEM form`, cause });
  }
}

export async function importSigningKey(pem: string, where: string): Promise<CryptoKey> {
  try {
    return await importPKCS8(pem, alg);
  } catch (cause) {
    throw new DroverError('input.invalid', { message: `${where} holds no private Ed25519 key in PEM form`, cause });
  }
}

/** Times are kept to the second. */
export async function issueLicence(claims: LicenceClaims, signingKey: CryptoKey): Promise<string> {
  const { id, holder, plan, issuedAt, expiresAt, machineId } = claims;
  const payload: Static<typeof Claims> = {
    jti: id,
    sub: holder,
    plan,
    iat: Math.floor(issuedAt / 1000),
    ...(expiresAt !== null && { exp: Math.floor(expiresAt / 1000) }),
    ...(machineId !== null && { machine: machineId }),
  };
  if (!Value.Check(Claims, payload)) throw new DroverError('input.invalid', { message: problemOf(payload) });
  return new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ alg, typ }).sign(signingKey);
}

/** What the vendor has signed, whether or not it still holds. Throws `input.invalid` for anything else. */
export async function readLicence(key: string, vendorKey: CryptoKey): Promise<LicenceClaims> {
  const { payload, protectedHeader } = await verified(key.trim(), vendorKey);
  const claims: unknown = protectedHeader.typ === typ ? parsed(payload) : undefined;
  if (!Value.Check(Claims, claims)) {
    throw new DroverError('input.invalid', { message: 'the vendor has signed this, but it is no licence' });
  }
  const { jti, sub, plan, iat, exp, machine } = claims;
  return {
    id: jti,
    holder: sub,
    plan,
    issuedAt: iat * 1000,
    expiresAt: exp === undefined ? null : exp * 1000,
    machineId: machine ?? null,
  };
}

async function verified(key: string, vendorKey: CryptoKey): ReturnType<typeof compactVerify> {
  try {
    return await compactVerify(key, vendorKey, { algorithms: [alg] });
  } catch (cause) {
    throw new DroverError('input.invalid', {
      message: /^[\w-]+\.[\w-]+\.[\w-]+$/.test(key)
        ? 'this licence key is not signed with the key of the vendor that this server was set up for'
        : 'this is no licence key: it has three parts of letters and digits with points between them; copy the whole of it',
      cause,
    });
  }
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined; // signed, and not JSON: no licence
  }
}

const problemOf = (payload: unknown): string => {
  const [error] = Value.Errors(Claims, payload);
  return `${error?.instancePath.slice(1) || 'licence'} ${error?.message ?? 'is wrong'}`;
};

/** Why it does not hold here and now; undefined when it does. */
export function licenceProblem(
  { expiresAt, machineId, holder }: LicenceClaims,
  here: { now: number; machineId: string },
): string | undefined {
  if (expiresAt !== null && here.now >= expiresAt) {
    return `the licence of ${holder} expired on ${new Date(expiresAt).toISOString().slice(0, 10)}; install a new one`;
  }
  if (machineId !== null && machineId !== here.machineId) {
    return `the licence of ${holder} is for the machine ${machineId}, and this one is ${here.machineId}; ask the vendor for one of this machine`;
  }
  return undefined;
}
