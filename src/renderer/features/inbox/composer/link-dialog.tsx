import Button from 'antd/es/button';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Segmented from 'antd/es/segmented';
import type { ReactNode } from 'react';
import { useId, useState } from 'react';
import type { LinkProblem, LinkTarget, TextLink } from '#shared/domain/text-links';
import { linkProblems } from '#shared/domain/text-links';
import { useTexts } from '../../../i18n/texts';
import { httpsUrl } from '../bubbles/linkify';
import { composerTexts } from './composer-texts';
import styles from './tray.module.css';

const PROBLEMS = {
  'words-empty': 'problemWords',
  'words-markup': 'problemMarkup',
  address: 'problemAddress',
  appid: 'problemAppid',
  path: 'problemPath',
} as const satisfies Record<LinkProblem, string>;

/** Makes a link that WeChat draws: to a page, or into a mini program with a page for clients that cannot open it. */
export function LinkDialog(props: {
  /** Words that were selected. */
  readonly words: string;
  readonly onInsert: (link: TextLink) => void;
  readonly onClose: () => void;
}) {
  const t = useTexts(composerTexts);
  const [kind, setKind] = useState<LinkTarget['kind']>('page');
  const [words, setWords] = useState(props.words);
  const [address, setAddress] = useState('');
  const [appId, setAppId] = useState('');
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const url = fullAddress(address);
  const link: TextLink = {
    words: words.trim(),
    target:
      kind === 'page'
        ? { kind, url }
        : { kind, url, appId: appId.trim(), path: path.trim().replace(/^\//u, '') },
  };
  const problems = linkProblems(link);
  const problemOf = (...which: LinkProblem[]) => {
    const found = tried ? problems.find((problem) => which.includes(problem)) : undefined;
    return found ? t(PROBLEMS[found]) : null;
  };
  const insert = () => {
    setTried(true);
    if (problems.length === 0) props.onInsert(link);
  };
  return (
    <Modal
      open
      title={t('linkTitle')}
      width={440}
      onCancel={props.onClose}
      footer={[
        <Button key="cancel" onClick={props.onClose}>
          {t('cancel')}
        </Button>,
        <Button key="insert" type="primary" onClick={insert}>
          {t('linkInsert')}
        </Button>,
      ]}
    >
      <div className={styles['form']}>
        <Segmented<LinkTarget['kind']>
          className={styles['kind'] ?? ''}
          aria-label={t('linkKind')}
          value={kind}
          options={[
            { value: 'page', label: t('linkPage') },
            { value: 'miniprogram', label: t('linkProgram') },
          ]}
          onChange={setKind}
        />
        <Field
          label={t('linkWords')}
          value={words}
          hint={t('linkWordsHint')}
          problem={problemOf('words-empty', 'words-markup')}
          focused={props.words === ''}
          onChange={setWords}
          onEnter={insert}
        />
        {kind === 'miniprogram' ? (
          <>
            <Field
              label={t('linkAppid')}
              value={appId}
              hint={t('linkAppidHint')}
              problem={problemOf('appid')}
              onChange={setAppId}
              onEnter={insert}
            />
            <Field
              label={t('linkPath')}
              value={path}
              hint="pages/index?id=1"
              problem={problemOf('path')}
              onChange={setPath}
              onEnter={insert}
            />
          </>
        ) : null}
        <Field
          label={kind === 'page' ? t('linkAddress') : t('linkFallback')}
          value={address}
          hint={t(kind === 'page' ? 'linkAddressHint' : 'linkFallbackHint')}
          problem={problemOf('address')}
          focused={props.words !== ''}
          onChange={setAddress}
          onEnter={insert}
        />
        {link.words === '' ? null : (
          <div>
            <p className={styles['formHint']}>{t('linkPreview')}</p>
            <p className={styles['preview']}>
              <span>{link.words}</span>
            </p>
          </div>
        )}
      </div>
    </Modal>
  );
}

/** What people type or paste as an address: with or without https://, Chinese host and path included. */
function fullAddress(typed: string): string {
  const text = typed.trim();
  if (text === '') return '';
  return httpsUrl(/^[a-z][a-z0-9+.-]*:(?!\d)/iu.test(text) ? text : `https://${text}`) ?? text;
}

function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly hint: ReactNode;
  readonly problem: string | null;
  readonly focused?: boolean;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
}) {
  const hint = useId();
  return (
    <label className={styles['formField']}>
      <span>{props.label}</span>
      <Input
        value={props.value}
        autoFocus={props.focused ?? false}
        status={props.problem ? 'error' : ''}
        aria-describedby={hint}
        aria-invalid={props.problem !== null}
        onChange={(event) => props.onChange(event.target.value)}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing) props.onEnter();
        }}
      />
      <span id={hint} className={props.problem ? styles['formProblem'] : styles['formHint']}>
        {props.problem ?? props.hint}
      </span>
    </label>
  );
}
