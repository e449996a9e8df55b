import Modal from 'antd/es/modal';
import {
  chordParts,
  COMMAND_GROUPS,
  COMMAND_IDS,
  entryOf,
  type CommandGroup,
  type CommandId,
} from '#shared/commands';
import { pick } from '#shared/localized';
import { useLocale } from '../i18n/i18n';
import { useTexts } from '../i18n/texts';
import { Kbd } from '../ui/kbd';
import { isMac, useShortcutSheet } from './shortcuts';
import styles from './shell.module.css';
import { appTexts } from './texts';

const GROUPS = Object.keys(COMMAND_GROUPS) as CommandGroup[];

/** Every key, on one sheet. */
export function ShortcutSheet() {
  const t = useTexts(appTexts);
  const locale = useLocale();
  const open = useShortcutSheet((state) => state.open);
  const close = () => useShortcutSheet.setState({ open: false });
  return (
    <Modal open={open} onCancel={close} footer={null} title={t('shortcuts')} width={880} centered>
      <div className={styles['sheet']}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{pick(COMMAND_GROUPS[group], locale)}</h3>
            {COMMAND_IDS.filter((id) => entryOf(id).group === group && entryOf(id).keys).map((id) => (
              <div key={id} className={styles['sheetRow']}>
                <span>{pick(entryOf(id).title, locale)}</span>
                <Keys id={id} />
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  );
}

function Keys({ id }: { readonly id: CommandId }) {
  return (
    <span className={styles['sheetKeys']}>
      {(entryOf(id).keys ?? []).map((chord) => {
        const parts = chordParts(chord, isMac());
        return (
          <span key={parts.join()} className={styles['sheetChord']}>
            {parts.map((part) => (
              <Kbd key={part} keys={part} />
            ))}
          </span>
        );
      })}
    </span>
  );
}
