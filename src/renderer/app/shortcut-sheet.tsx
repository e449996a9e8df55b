import Modal from 'antd/es/modal';
import { useTexts } from '../i18n/texts';
import { Kbd } from '../ui/kbd';
import { modifierKey, useShortcutSheet } from './shortcuts';
import styles from './shell.module.css';
import { appTexts } from './texts';

const GROUPS = [
  {
    title: 'groupAnywhere',
    rows: [
      { text: 'keysAccounts', keys: ['mod', '1–9'] },
      { text: 'keysAll', keys: ['mod', '0'] },
      { text: 'keysScreens', keys: ['Alt', '1–5'] },
      { text: 'keysClose', keys: ['Esc'] },
      { text: 'keysSheet', keys: ['?'] },
    ],
  },
  {
    title: 'groupInbox',
    rows: [
      { text: 'keysConversations', keys: ['J', 'K'] },
      { text: 'keysReply', keys: ['R'] },
      { text: 'keysSend', keys: ['Enter'] },
      { text: 'keysBreak', keys: ['Shift', 'Enter'] },
    ],
  },
  { title: 'groupFollowers', rows: [{ text: 'keysFind', keys: ['/'] }] },
] as const;

/** Every key, on one sheet. */
export function ShortcutSheet() {
  const t = useTexts(appTexts);
  const open = useShortcutSheet((state) => state.open);
  const close = () => useShortcutSheet.setState({ open: false });
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('shortcuts')} width={640}>
      <div className={styles['sheet']}>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{t(group.title)}</h3>
            {group.rows.map((row) => (
              <div key={row.text} className={styles['sheetRow']}>
                <span>{t(row.text)}</span>
                <span className={styles['sheetKeys']}>
                  {row.keys.map((key) => (
                    <Kbd key={key} keys={key === 'mod' ? modifierKey() : key} />
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}
