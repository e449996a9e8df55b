import type { Bridge } from '#shared/ipc/bridge';
import type { DeskApp } from './app';
import type { SandboxAccount, World } from './world';

/** The page's own global, for functions that run there. */
declare const window: { readonly oadesk: Bridge };

/** Connects an account of the world as its owner would: the form's call, then the three values at WeChat's console. */
export async function bindAccount(
  app: DeskApp,
  world: World,
  account: SandboxAccount,
  name: string,
): Promise<void> {
  const input = {
    name,
    appid: account.appid,
    secret: account.secret,
    region: 'mainland' as const,
    relayUrl: world.relay.origin,
    pairingCode: await world.relay.invite(),
    apiOrigin: world.sandbox.origin,
  };
  const bound = await app.page.evaluate((form) => window.oadesk.invoke('accounts.bind', form), input);
  if (!bound.ok) throw new Error(`not bound: ${JSON.stringify(bound.error)}`);
  await world.sandbox.enableServer(account.appid, {
    url: await serverSetting(app, account.appid, 'url'),
    token: await serverSetting(app, account.appid, 'token'),
    encodingAESKey: await serverSetting(app, account.appid, 'aes-key'),
  });
}

/** What the app puts on the clipboard to be pasted at WeChat's console. */
async function serverSetting(
  app: DeskApp,
  appid: string,
  value: 'url' | 'token' | 'aes-key',
): Promise<string> {
  const copied = await app.page.evaluate(
    (input) => window.oadesk.invoke('accounts.copyServerSetting', input),
    {
      appid,
      value,
    },
  );
  if (!copied.ok) throw new Error(`not copied: ${JSON.stringify(copied.error)}`);
  return app.clipboard();
}
