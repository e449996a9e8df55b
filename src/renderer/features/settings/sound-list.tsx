import Select from 'antd/es/select';
import type { Account } from '#shared/ipc/models';
import { DEFAULT_SOUND, SOUNDS, type Sound } from '#shared/ipc/desktop-models';
import { useAccounts } from '../../app/accounts-store';
import { playSound } from '../../app/sounds';
import { useTexts } from '../../i18n/texts';
import { IconButton } from '../../ui/icon-button';
import styles from './settings.module.css';
import { settingsTexts } from './texts';

type Sounds = Readonly<Record<string, Sound>>;

/** A sound for each account: who hears it knows which one was written to. */
export function SoundList(props: {
  readonly sounds: Sounds;
  readonly disabled: boolean;
  readonly onChange: (sounds: Record<string, Sound>) => void;
}) {
  const t = useTexts(settingsTexts);
  const accounts = useAccounts((state) => state.accounts);
  if (accounts.length === 0) return <span className={styles['quiet']}>{t('soundNoAccounts')}</span>;
  return (
    <ul className={styles['sounds']}>
      {accounts.map((account) => (
        <SoundRow
          key={account.appid}
          account={account}
          sound={props.sounds[account.appid] ?? DEFAULT_SOUND}
          disabled={props.disabled}
          onChange={(sound) => {
            playSound(sound);
            props.onChange({ ...props.sounds, [account.appid]: sound });
          }}
        />
      ))}
    </ul>
  );
}

function SoundRow(props: {
  readonly account: Account;
  readonly sound: Sound;
  readonly disabled: boolean;
  readonly onChange: (sound: Sound) => void;
}) {
  const t = useTexts(settingsTexts);
  const { account, sound } = props;
  return (
    <li className={styles['soundRow']}>
      <span
        className={styles['dot']}
        style={{ background: `var(--account-${String(account.colour)})` }}
        aria-hidden
      />
      <span className={styles['soundName']} title={account.name}>
        {account.name}
      </span>
      <Select<Sound>
        className={styles['soundChoice'] ?? ''}
        aria-label={t('soundOf', { name: account.name })}
        value={sound}
        disabled={props.disabled}
        options={SOUNDS.map((value) => ({ value, label: t(value) }))}
        onChange={props.onChange}
      />
      <IconButton
        icon="play"
        label={t('soundPlay', { name: account.name })}
        disabled={props.disabled || sound === 'none'}
        onClick={() => playSound(sound)}
      />
    </li>
  );
}
