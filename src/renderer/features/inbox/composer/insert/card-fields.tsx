import { useState } from 'react';
import type { Card } from '#shared/domain/cards/card';
import { CARD_LIMITS, MINIPROGRAM_PICTURE, MUSIC_PICTURE } from '#shared/domain/cards/card-limits';
import { checkCard } from '#shared/domain/cards/check-card';
import type { StagedPicture } from '#shared/ipc/card-models';
import { useTexts } from '../../../../i18n/texts';
import { ArticlePicker } from './article-picker';
import styles from './insert.module.css';
import { MenuFields } from './menu-fields';
import { PictureField, type StagePicture } from './picture-field';
import { problemWords, shownProblems } from './problem-words';
import { TextField } from './text-field';
import { insertTexts } from './texts';

interface CardFieldsProps {
  readonly card: Card;
  /** Where the card's picture can be seen; null: it has none. */
  readonly pictureUrl: string | null;
  /** It had one, which is not on this computer any more. */
  readonly pictureGone?: boolean;
  /** Whose articles can be chosen; null: no account is open, and articles cannot be. */
  readonly appid: string | null;
  /** Something was pressed that needs every field: what is empty counts as wrong from now on. */
  readonly pressed: boolean;
  readonly stage: StagePicture;
  readonly onChange: (card: Card, picture?: StagedPicture | null) => void;
}

/** The fields of a card, each with its limit and what is wrong with it. */
export function CardFields(props: CardFieldsProps) {
  const { card, onChange } = props;
  const t = useTexts(insertTexts);
  const problems = shownProblems(checkCard(card), props.pressed);
  const errorOf = (field: string): string | undefined => {
    const problem = problems.find((one) => one.field === field);
    return problem && problemWords(problem, t);
  };
  switch (card.kind) {
    case 'menu':
      return (
        <MenuFields card={card} autoFocus={props.appid !== null} errorOf={errorOf} onChange={onChange} />
      );
    case 'article':
      return props.appid === null ? null : (
        <ArticlePicker appid={props.appid} card={card} error={errorOf('article')} onChange={onChange} />
      );
    case 'news':
      return <NewsFields {...props} card={card} errorOf={errorOf} />;
    case 'music':
      return (
        <>
          <TitleField {...props} card={card} error={errorOf('title')} />
          <DescriptionField {...props} card={card} error={errorOf('description')} />
          <TextField
            label={t('musicUrl')}
            hint={t('musicUrlHint')}
            mono
            value={card.musicUrl}
            limit={CARD_LIMITS.url}
            error={errorOf('musicUrl')}
            onChange={(musicUrl) => onChange({ ...card, musicUrl })}
          />
          <TextField
            label={t('hqMusicUrl')}
            hint={t('hqMusicUrlHint')}
            optional
            mono
            value={card.hqMusicUrl}
            limit={CARD_LIMITS.url}
            error={errorOf('hqMusicUrl')}
            onChange={(hqMusicUrl) => onChange({ ...card, hqMusicUrl })}
          />
          <PictureField
            kind="music"
            url={props.pictureUrl}
            gone={props.pictureGone ?? false}
            hint={t('pictureThumbHint', { ...MUSIC_PICTURE })}
            error={errorOf('picture')}
            stage={props.stage}
            onChange={(picture) => onChange({ ...card, pictureId: picture?.pictureId ?? '' }, picture)}
          />
        </>
      );
    case 'miniprogram':
      return (
        <>
          <TitleField {...props} card={card} error={errorOf('title')} />
          <TextField
            label={t('appId')}
            hint={t('appIdHint')}
            mono
            placeholder="wx0123456789abcdef"
            value={card.appId}
            limit={null}
            error={errorOf('appId')}
            onChange={(appId) => onChange({ ...card, appId })}
          />
          <TextField
            label={t('pagePath')}
            hint={t('pagePathHint')}
            mono
            placeholder="pages/index/index"
            value={card.pagePath}
            limit={CARD_LIMITS.pagePath}
            error={errorOf('pagePath')}
            onChange={(pagePath) => onChange({ ...card, pagePath })}
          />
          <PictureField
            kind="miniprogram"
            url={props.pictureUrl}
            gone={props.pictureGone ?? false}
            hint={t('pictureThumbHint', { ...MINIPROGRAM_PICTURE })}
            error={errorOf('picture')}
            stage={props.stage}
            onChange={(picture) => onChange({ ...card, pictureId: picture?.pictureId ?? '' }, picture)}
          />
        </>
      );
  }
}

type Titled = Extract<Card, { title: string; pictureId: string }>;
type Described = Extract<Card, { description: string }>;

function TitleField(props: {
  readonly card: Titled;
  readonly appid: string | null;
  readonly error: string | undefined;
  readonly onChange: (card: Card) => void;
}) {
  const t = useTexts(insertTexts);
  return (
    <TextField
      label={t('title')}
      // Where replies are looked through one after the other, the list keeps the focus.
      autoFocus={props.appid !== null}
      value={props.card.title}
      limit={CARD_LIMITS.title}
      error={props.error}
      onChange={(title) => props.onChange({ ...props.card, title })}
    />
  );
}

function DescriptionField(props: {
  readonly card: Described;
  readonly error: string | undefined;
  readonly onChange: (card: Card) => void;
}) {
  const t = useTexts(insertTexts);
  return (
    <TextField
      label={t('description')}
      optional
      multiline
      value={props.card.description}
      limit={CARD_LIMITS.description}
      error={props.error}
      onChange={(description) => props.onChange({ ...props.card, description })}
    />
  );
}

/** A picture of this computer, or the address of one: whichever the person has. */
function NewsFields(
  props: CardFieldsProps & {
    readonly card: Extract<Card, { kind: 'news' }>;
    readonly errorOf: (field: string) => string | undefined;
  },
) {
  const { card, onChange, errorOf } = props;
  const t = useTexts(insertTexts);
  const [byLink, setByLink] = useState(card.picUrl !== '' && card.pictureId === '');
  return (
    <>
      <TitleField {...props} error={errorOf('title')} />
      <DescriptionField {...props} error={errorOf('description')} />
      <TextField
        label={t('url')}
        hint={t('urlHint')}
        mono
        placeholder="https://"
        value={card.url}
        limit={CARD_LIMITS.url}
        error={errorOf('url')}
        onChange={(url) => onChange({ ...card, url })}
      />
      {byLink ? (
        <TextField
          label={t('picUrl')}
          hint={t('picUrlHint')}
          optional
          mono
          placeholder="https://"
          value={card.picUrl}
          limit={CARD_LIMITS.url}
          error={errorOf('picUrl')}
          onChange={(picUrl) => onChange({ ...card, picUrl })}
        />
      ) : (
        <PictureField
          kind="news"
          optional
          url={props.pictureUrl}
          gone={props.pictureGone ?? false}
          hint={t('pictureNewsHint')}
          stage={props.stage}
          onChange={(picture) => onChange({ ...card, pictureId: picture?.pictureId ?? '' }, picture)}
        />
      )}
      <button
        type="button"
        className={styles['switch']}
        onClick={() => {
          setByLink(!byLink);
          // One of the two is sent; the other must not come along unseen.
          onChange(byLink ? { ...card, picUrl: '' } : { ...card, pictureId: '' }, null);
        }}
      >
        {t(byLink ? 'useOwnPicture' : 'usePictureUrl')}
      </button>
    </>
  );
}
