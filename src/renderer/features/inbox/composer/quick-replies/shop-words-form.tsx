import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import {
  SHOP_VARIABLES,
  VARIABLE_NAMES,
  VARIABLES,
  type ShopVariable,
  type ShopWords,
} from '#shared/domain/quick-replies/variables';
import type { QuickReplyLibrary } from '#shared/ipc/quick-reply-models';
import { call } from '../../../../api';
import { useAccounts } from '../../../../app/accounts-store';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { useToast } from '../../../../ui/toast';
import styles from './quick-replies.module.css';
import { quickReplyTexts } from './texts';

const LANGUAGES = ['zh', 'en'] as const;
const MAX_WORDS = 300;

/** What the shop says about itself, in both languages, for every account or for one. */
export function ShopWordsForm({ book }: { readonly book: QuickReplyLibrary['shopWords'] }) {
  const t = useTexts(quickReplyTexts);
  const accounts = useAccounts((state) => state.accounts);
  const [appid, setAppid] = useState('');
  return (
    <div className={styles['shop']}>
      <h3>{t('shopTitle')}</h3>
      <p className={styles['unknown']}>{t('shopText')}</p>
      <label className={styles['shopFor']}>
        <span>{t('shopFor')}</span>
        <Select<string>
          aria-label={t('shopFor')}
          value={appid}
          options={[
            { value: '', label: t('everyAccount') },
            ...accounts.map((account) => ({ value: account.appid, label: account.name })),
          ]}
          onChange={setAppid}
        />
      </label>
      <Words
        key={appid}
        appid={appid}
        words={book[appid] ?? {}}
        below={appid === '' ? {} : (book[''] ?? {})}
      />
    </div>
  );
}

function Words(props: {
  readonly appid: string;
  readonly words: ShopWords;
  /** What holds where nothing is written here. */
  readonly below: ShopWords;
}) {
  const t = useTexts(quickReplyTexts);
  const locale = useLocale();
  const toast = useToast();
  const [words, setWords] = useState(props.words);
  const [busy, setBusy] = useState(false);
  const own = locale === 'en' ? 'en' : 'zh';
  const save = (): void => {
    setBusy(true);
    call('quickReplies.saveShopWords', { appid: props.appid === '' ? null : props.appid, words })
      .then(() => toast.done(t('shopSaved')), toast.failed)
      .finally(() => setBusy(false));
  };
  const placeholder = (name: ShopVariable, language: 'zh' | 'en'): string => {
    const below = props.below[name]?.[language] ?? '';
    if (below !== '') return below;
    if (name === 'shop') return t('shopNamePlaceholder');
    return name === 'hours' && language === own ? t('hoursExample') : '';
  };
  const automatic = VARIABLES.filter((name) => !(SHOP_VARIABLES as readonly string[]).includes(name));
  return (
    <>
      <div className={styles['shopGrid']}>
        <span>{t('variable')}</span>
        <span>{t('shopZh')}</span>
        <span>{t('shopEn')}</span>
        {SHOP_VARIABLES.map((name) => (
          <div key={name} className={styles['shopRow']}>
            <span className="mono">{`{${VARIABLE_NAMES[name][own]}}`}</span>
            {LANGUAGES.map((language) => (
              <Input
                key={language}
                aria-label={`${VARIABLE_NAMES[name][own]} · ${t(language === 'zh' ? 'shopZh' : 'shopEn')}`}
                maxLength={MAX_WORDS}
                placeholder={placeholder(name, language)}
                value={words[name]?.[language] ?? ''}
                onChange={(event) => {
                  const said = words[name] ?? { zh: '', en: '' };
                  setWords({ ...words, [name]: { ...said, [language]: event.target.value } });
                }}
              />
            ))}
          </div>
        ))}
      </div>
      <p className={styles['unknown']}>
        {t('automatic', {
          names: automatic
            .map((name) => `{${VARIABLE_NAMES[name][own]}}`)
            .join(locale === 'en' ? ', ' : '、'),
        })}
      </p>
      <div>
        <Button type="primary" disabled={busy} onClick={save}>
          {t('save')}
        </Button>
      </div>
    </>
  );
}
