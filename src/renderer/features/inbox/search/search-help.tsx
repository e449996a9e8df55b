import { useTexts } from '../../../i18n/texts';
import styles from './search.module.css';
import { searchTexts } from './texts';

const ROWS = [
  ['exWords', 'helpWords'],
  ['exPhrase', 'helpPhrase'],
  ['exNot', 'helpNot'],
  ['exFrom', 'helpFrom'],
  ['exDates', 'helpDates'],
  ['exHas', 'helpHas'],
  ['exIs', 'helpIs'],
  ['exAccount', 'helpAccount'],
] as const;

/** How a search is written; an example can be taken over. */
export function SearchHelp({ onTake }: { readonly onTake: (text: string) => void }) {
  const t = useTexts(searchTexts);
  return (
    <dl className={styles['help']} aria-label={t('help')}>
      {ROWS.map(([example, text]) => (
        <div key={example}>
          <dt>
            <button type="button" className="mono" onClick={() => onTake(t(example))}>
              {t(example)}
            </button>
          </dt>
          <dd>{t(text)}</dd>
        </div>
      ))}
    </dl>
  );
}
