import { AppError } from '#shared/app-error';
import type { RelayNotice } from '#shared/relay/protocol';
import type { Logger } from '#shared/log';
import type { AccountRecord } from '../../db/port/accounts';
import type { Database } from '../../db/port/database';
import type { RelayApi, RelayLink } from '../../relay/port';
import type { SecretStore } from '../../secrets/port';
import type { AccountsService } from '../interfaces';
import { storedLink } from '../relay-links';
import { createSerial } from '../serial';
import { readProfile } from './profile';

export interface StandingDeps {
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly relay: Pick<RelayApi, 'accounts' | 'profile'>;
  readonly accounts: Pick<AccountsService, 'adopt' | 'authorizationLost'>;
  readonly logger: Logger;
}

/** Keeps the list of accounts as the relay knows the authorizations: cancelled, renewed, changed [S2.20]. */
export interface Standing {
  /** Notices say that something changed; the relay is asked how it is now, since a feed may be hours old. */
  heard(linkId: string, notices: readonly RelayNotice[]): void;
  linkUp(linkId: string): void;
  idle(): Promise<void>;
}

const ABOUT_AUTHORIZATION: ReadonlySet<string> = new Set(['authorized', 'updateauthorized', 'unauthorized']);

export function createStanding(deps: StandingDeps): Standing {
  const { db, relay, accounts, logger } = deps;
  const serial = createSerial();
  const running = new Set<Promise<void>>();

  async function reconcile(linkId: string, changed: ReadonlySet<string>): Promise<void> {
    const mine = (await db.accounts.list()).filter(
      (record) => record.linkId === linkId && record.relayMode === 'component',
    );
    const link = await storedLink(deps, linkId);
    if (mine.length === 0 || link === null) return;
    const views = await relay.accounts(link);
    for (const record of mine) {
      const view = views.find(({ appid, mode }) => appid === record.appid && mode === 'component');
      if (view?.authorized !== true) await accounts.authorizationLost(record.appid);
      else if (record.status !== 'bound' || changed.has(record.appid)) await readAgain(link, linkId, record);
    }
  }

  async function readAgain(link: RelayLink, linkId: string, record: AccountRecord): Promise<void> {
    const { appid, apiOrigin } = record;
    try {
      const { info, permissionSets } = await relay.profile(link, appid);
      await accounts.adopt({ ...readProfile(info), appid, permissionSets, linkId, apiOrigin });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'relay/not-authorized') throw error;
      await accounts.authorizationLost(appid);
    }
  }

  function start(linkId: string, changed: ReadonlySet<string>): void {
    const work = serial
      .run(linkId, () => reconcile(linkId, changed))
      .catch((error: unknown) => {
        // The next connection to this relay asks again.
        logger.warn('authorizations-not-read', { error });
      })
      .finally(() => running.delete(work));
    running.add(work);
  }

  return {
    heard(linkId, notices) {
      const changed = notices.flatMap((notice) => ('appid' in notice ? [notice.appid] : []));
      if (notices.some(({ type }) => ABOUT_AUTHORIZATION.has(type))) start(linkId, new Set(changed));
    },
    linkUp: (linkId) => start(linkId, new Set()),
    async idle() {
      await Promise.all(running);
    },
  };
}
