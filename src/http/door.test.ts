import { describe, expect, test } from 'vitest';
import { addressGroup, Door, type DoorOptions } from './door.ts';
import { type Exposure, refuseOpenDoor } from './exposure.ts';

function doorOf(change: Partial<DoorOptions> = {}, addresses: readonly string[] = []): Door {
  const door = new Door({ hostNames: [], trustedProxies: [], isTls: false, ...change });
  door.open({ port: 50809, addresses });
  return door;
}

describe('names and origins', () => {
  test.each<[Partial<DoorOptions>, string[], string, string, boolean]>([
    [{}, [], 'localhost:50809', 'http://localhost:50809', true],
    [{}, [], '192.168.1.5:50809', 'http://192.168.1.5:50809', false],
    [{}, ['192.168.1.5'], '192.168.1.5:50809', 'http://192.168.1.5:50809', true],
    [{}, ['fd00::1'], '[fd00::1]:50809', 'http://[fd00::1]:50809', true],
    [{ isTls: true }, ['192.168.1.5'], '192.168.1.5:50809', 'https://192.168.1.5:50809', true],
    [{ hostNames: ['Drover.Example'] }, [], 'drover.example:50809', 'http://drover.example:50809', true],
    [
      { hostNames: ['drover.example'], trustedProxies: ['10.0.0.1'] },
      [],
      'drover.example',
      'https://drover.example',
      true,
    ],
    [{ hostNames: ['drover.example:8443'] }, [], 'drover.example', 'http://drover.example', false],
    [{ hostNames: ['drover.example'] }, [], 'a.drover.example:50809', 'http://a.drover.example:50809', false],
  ])('%j at %j, asked as %s', (options, addresses, host, origin, isOwn) => {
    const door = doorOf(options, addresses);
    expect([door.isOwnHost(host), door.isOwnOrigin(origin)]).toEqual([isOwn, isOwn]);
  });

  test('plain http is no origin of a server that speaks TLS, nor of one behind a proxy that does', () => {
    expect(doorOf({ isTls: true }).isOwnOrigin('http://localhost:50809')).toBe(false);
    const behind = doorOf({ hostNames: ['drover.example'], trustedProxies: ['10.0.0.0/8'] });
    expect(behind.isOwnOrigin('http://drover.example')).toBe(false);
  });
});

describe('where a request comes from', () => {
  const door = doorOf({ hostNames: ['drover.example'], trustedProxies: ['10.0.0.0/8', '::1'] });
  const host = 'drover.example';

  test.each<[string, Record<string, string>, string, boolean]>([
    ['127.0.0.1', { host: 'localhost:50809' }, '127.0.0.1', true],
    ['::ffff:127.0.0.1', { host: '127.0.0.1:50809' }, '::ffff:127.0.0.1', true],
    ['127.0.0.1', { host }, '127.0.0.1', false],
    ['127.0.0.1', { host: 'localhost:50809', 'x-real-ip': '1.2.3.4' }, '127.0.0.1', false],
    ['192.168.1.9', { host: 'localhost:50809' }, '192.168.1.9', false],
    ['10.1.2.3', { host, 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9', false],
    // What stands before the last stranger, that stranger has written.
    ['10.1.2.3', { host, 'x-forwarded-for': '127.0.0.1, 203.0.113.9, 10.9.9.9' }, '203.0.113.9', false],
    ['10.1.2.3', { host, 'x-forwarded-for': 'nonsense' }, '10.1.2.3', false],
    ['203.0.113.7', { host, 'x-forwarded-for': '127.0.0.1' }, '203.0.113.7', false],
    ['::1', { host: '[::1]:50809' }, '::1', false], // a proxy of ours, even without headers
  ])('from %s with %j', (remoteAddress, headers, address, isLocal) => {
    expect(door.sourceOf({ headers, remoteAddress })).toMatchObject({ address, isLocal });
  });

  test.each([
    ['127.0.0.1', true],
    ['10.4.4.4', true],
    ['192.168.1.9', false],
    [undefined, false],
  ])('in the clear %s is answered: %s', (remoteAddress, mayBe) => {
    expect(door.mayBePlain({ headers: {}, remoteAddress })).toBe(mayBe);
  });

  test('one customer of a provider counts as one, whichever of its addresses it takes', () => {
    expect(addressGroup('2001:db8:1:2:aaaa::1')).toBe(addressGroup('2001:db8:1:2:bbbb::9'));
    expect(addressGroup('2001:db8:1:2::1')).not.toBe(addressGroup('2001:db8:1:3::1'));
    expect(addressGroup('::ffff:203.0.113.9')).toBe('203.0.113.9');
  });
});

describe('what must be there before a server may be reached from other machines', () => {
  const ready: Exposure = {
    host: '0.0.0.0',
    hostNames: [],
    trustedProxies: [],
    hasTls: true,
    mediaRoots: ['/srv/media'],
    tokens: 1,
  };

  test.each<[Partial<Exposure>, RegExp | undefined]>([
    [{}, undefined],
    [{ tokens: 0 }, /drover token create/],
    [{ hasTls: false }, /--tls-cert and --tls-key/],
    [{ mediaRoots: [] }, /--media-root/],
    [{ hasTls: false, trustedProxies: ['10.0.0.1'] }, /--trusted-proxy needs --host-name/],
    [{ hasTls: false, trustedProxies: ['10.0.0.1'], hostNames: ['drover.example'] }, undefined],
    [{ trustedProxies: ['everybody'], hostNames: ['drover.example'] }, /"everybody" is no address/],
    [{ hostNames: ['https://drover.example'] }, /is no host name/],
    [{ host: '192.168.1.5', tokens: 0 }, /--host 192\.168\.1\.5/],
    [{ host: '::', tokens: 0 }, /drover token create/],
    [{ host: '127.0.0.1', tokens: 0, hasTls: false, mediaRoots: [] }, undefined],
    [{ host: 'localhost', tokens: 0, hasTls: false, mediaRoots: [] }, undefined],
    [{ host: '::1', tokens: 0, hasTls: false, mediaRoots: [] }, undefined],
  ])('%j', (change, message) => {
    const start = () => refuseOpenDoor({ ...ready, ...change });
    if (message) expect(start).toThrow(message);
    else expect(start).not.toThrow();
  });
});
