import { beforeEach, describe, expect, it } from 'vitest';
import { Authorizers, type Grant } from '#relay/component/authorizers';
import { SealedBox } from '#relay/secrets/sealed-box';
import { MemoryStore } from '#relay/store/memory/memory-store';

const APPID = 'wx0123456789abcdef';
let authorizers: Authorizers;

beforeEach(() => {
  authorizers = new Authorizers(new MemoryStore(), new SealedBox(Buffer.alloc(32, 3)));
});

const grant = (name: string): Grant => ({
  appid: APPID,
  permissionSets: [1],
  refreshToken: `refresh-${name}`,
  access: { token: `access-${name}`, expiresAt: 9_000 },
});
const renewal = (name: string) => ({
  accessToken: `access-${name}`,
  expiresIn: 7_200,
  refreshToken: `refresh-${name}`,
});
const refreshToken = async (): Promise<string | null> =>
  (await authorizers.get(APPID))?.secret.refreshToken ?? null;

describe('the tokens of an account', () => {
  it('are those of the latest authorization, even when an earlier one is recorded after it', async () => {
    await authorizers.grant(grant('late'), { hash: 'b', authorizedAt: 2_000 }, 2_001);
    await authorizers.grant(grant('early'), { hash: 'a', authorizedAt: 1_000 }, 2_002);
    expect(await refreshToken()).toBe('refresh-late');
    await authorizers.grant(grant('later'), { hash: 'c', authorizedAt: 3_000 }, 3_001);
    expect(await refreshToken()).toBe('refresh-later');
  });

  it('are recorded once per code: what was renewed since stays', async () => {
    await authorizers.grant(grant('first'), { hash: 'a', authorizedAt: null }, 1_000);
    await authorizers.renewed(APPID, 'refresh-first', renewal('second'), 2_000);
    await authorizers.grant(grant('first'), { hash: 'a', authorizedAt: null }, 3_000);
    expect(await refreshToken()).toBe('refresh-second');
  });

  it('are not replaced by a renewal that began before the administrator authorized again', async () => {
    await authorizers.grant(grant('first'), { hash: 'a', authorizedAt: 1_000 }, 1_000);
    await authorizers.grant(grant('again'), { hash: 'b', authorizedAt: 2_000 }, 2_000);
    await authorizers.renewed(APPID, 'refresh-first', renewal('outdated'), 2_001);
    expect(await refreshToken()).toBe('refresh-again');
  });

  it('do not come back by a renewal that was under way when the administrator cancelled', async () => {
    await authorizers.grant(grant('first'), { hash: 'a', authorizedAt: 1_000 }, 1_000);
    expect(await authorizers.unauthorized(APPID, 1_500)).toMatchObject({ codeHash: 'a' });
    await authorizers.renewed(APPID, 'refresh-first', renewal('outdated'), 1_501);
    expect(await refreshToken()).toBeNull();
    expect(await authorizers.isAuthorized(APPID)).toBe(false);
    expect(await authorizers.unauthorized(APPID, 1_500)).toBeNull();
  });
});
