import Button from 'antd/es/button';
import type { NextAct, NextStep } from '#shared/domain/can-send';
import { nextActText, obstacleText } from '#shared/domain/can-send';
import { pick } from '#shared/localized';
import { call } from '../../../api';
import { openHelp, useNavigation } from '../../../app/navigation';
import { useLocale } from '../../../i18n/i18n';
import { useTexts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { useToast } from '../../../ui/toast';
import { showProfile } from '../profile/profile-visibility';
import styles from './composer.module.css';
import { windowTexts } from './texts';

/** WeChat's own backend, where what this app has no screen for is done. */
const WEBSITE = 'https://mp.weixin.qq.com/';

type Place = 'accounts' | 'profile' | 'verification' | 'website' | 'explained';

/** Where each step is taken. `explained`: nowhere in the app, and the words say why or what to wait for. */
const PLACES = {
  'wait-for-message': 'explained',
  'passive-reply': 'accounts',
  'one-time-subscription': 'explained',
  'subscription-notice': 'explained',
  'template-message': 'explained',
  'monthly-broadcast': 'website',
  'guide-to-follow': 'website',
  'ask-to-allow-messages': 'explained',
  unblock: 'profile',
  'verify-account': 'verification',
} as const satisfies Record<NextAct, Place>;

/** Possible by WeChat's rules, but this version has no screen for it. */
const NOT_HERE: ReadonlySet<NextAct> = new Set([
  'one-time-subscription',
  'subscription-notice',
  'template-message',
]);

const BUTTONS = {
  accounts: 'goAccounts',
  profile: 'goProfile',
  verification: 'goVerification',
  website: 'goWebsite',
} as const;

/** One rung of the ladder: what is legal instead, a way there, or why it is out of reach [I3]. */
export function Rung({ step }: { readonly step: NextStep }) {
  const t = useTexts(windowTexts);
  const locale = useLocale();
  const toast = useToast();
  const { act, obstacle, stock } = step;
  const place = PLACES[act];
  const here = obstacle === null && !NOT_HERE.has(act);
  const reasons = [
    ...(obstacle === null ? [] : [pick(obstacleText(obstacle), locale)]),
    ...(stock === undefined ? [] : [t('consentsLeft', { count: stock })]),
    ...(obstacle === null && NOT_HERE.has(act) ? [t('notHereYet')] : []),
  ].join(t('and'));
  const go = () => {
    if (place === 'accounts') useNavigation.getState().go('accounts');
    else if (place === 'verification') openHelp('verification');
    else if (place === 'profile') showProfile().catch((error: unknown) => toast.failed(error));
    else call('app.openExternal', { url: WEBSITE }).catch((error: unknown) => toast.failed(error));
  };
  return (
    <li className={styles['step']} data-possible={here || undefined}>
      <Icon name={obstacle !== null ? 'lock' : here ? 'check' : 'info'} size={14} />
      <span className={styles['stepWords']}>
        {pick(nextActText(act), locale)}
        {reasons === '' ? null : (
          <span className={styles['obstacle']}>{locale === 'en' ? ` (${reasons})` : `（${reasons}）`}</span>
        )}
      </span>
      {place === 'explained' || obstacle !== null ? null : (
        <Button size="small" type="link" onClick={go}>
          {t(BUTTONS[place])}
        </Button>
      )}
    </li>
  );
}
