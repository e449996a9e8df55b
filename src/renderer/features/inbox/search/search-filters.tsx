import { parseQuery, withFilter, withoutFilter } from '#shared/domain/search/parse-query';
import type { FilterPart, Operator } from '#shared/domain/search/query';
import { useTexts } from '../../../i18n/texts';
import { serverNow } from '../../../ui/clock';
import { Icon } from '../../../ui/icon';
import styles from './search.module.css';
import { searchTexts } from './texts';

const CHIP = {
  from: 'chipFrom',
  after: 'chipAfter',
  before: 'chipBefore',
  has: 'chipHas',
  is: 'chipIs',
  account: 'chipAccount',
} as const satisfies Record<Operator, string>;

/** The value as each language's reader would type it. */
const OFFERED = [
  { label: 'filterFromMe', operator: 'from', value: { zh: '我', en: 'me' } },
  { label: 'filterWeek', operator: 'after', value: { zh: '7天', en: '7d' } },
  { label: 'filterImage', operator: 'has', value: { zh: '图片', en: 'image' } },
  { label: 'filterVoice', operator: 'has', value: { zh: '语音', en: 'voice' } },
  { label: 'filterVideo', operator: 'has', value: { zh: '视频', en: 'video' } },
  { label: 'filterLink', operator: 'has', value: { zh: '链接', en: 'link' } },
  { label: 'filterFailed', operator: 'is', value: { zh: '失败', en: 'failed' } },
  { label: 'filterUnanswered', operator: 'is', value: { zh: '待回复', en: 'unanswered' } },
  { label: 'filterStarred', operator: 'is', value: { zh: '星标', en: 'starred' } },
] as const;

/** The filters that were typed, as chips to take away, and those to add. */
export function SearchFilters(props: {
  readonly text: string;
  readonly chinese: boolean;
  readonly onChange: (text: string) => void;
}) {
  const { text, onChange } = props;
  const t = useTexts(searchTexts);
  const { filters, problems } = parseQuery(text, serverNow());
  const wrong = (part: FilterPart) => problems.some(({ start }) => start === part.start);
  const valueOf = ({ value }: (typeof OFFERED)[number]) => (props.chinese ? value.zh : value.en);
  const isSet = (offer: (typeof OFFERED)[number]) =>
    filters.some(
      ({ operator, value }) =>
        operator === offer.operator && [offer.value.zh, offer.value.en].some((one) => one === value),
    );
  return (
    <div className={styles['filters']} role="group" aria-label={t('filters')}>
      {filters.map((part) => {
        const name = t(CHIP[part.operator], { value: part.value });
        return (
          <button
            key={part.start}
            type="button"
            className={styles['chip']}
            data-on
            data-wrong={wrong(part) || undefined}
            aria-label={t('removeFilter', { name })}
            onClick={() => onChange(withoutFilter(text, part))}
          >
            {name}
            <Icon name="close" size={12} />
          </button>
        );
      })}
      {OFFERED.filter((offer) => !isSet(offer)).map((offer) => (
        <button
          key={offer.label}
          type="button"
          className={styles['chip']}
          aria-label={t('addFilter', { name: t(offer.label) })}
          onClick={() => onChange(withFilter(text, offer.operator, valueOf(offer)))}
        >
          <Icon name="plus" size={12} />
          {t(offer.label)}
        </button>
      ))}
    </div>
  );
}
