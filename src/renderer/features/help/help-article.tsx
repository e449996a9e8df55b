import type { HelpArticle, HelpLink } from '#shared/domain/help/article';
import { pick } from '#shared/localized';
import { call } from '../../api';
import { useLocale } from '../../i18n/i18n';
import { useTexts } from '../../i18n/texts';
import { useToast } from '../../ui/toast';
import styles from './help.module.css';
import { helpTexts } from './texts';

function OfficialLink({ link }: { readonly link: HelpLink }) {
  const locale = useLocale();
  const toast = useToast();
  return (
    <button
      type="button"
      className={styles['link']}
      onClick={() => {
        call('app.openExternal', { url: link.url }).catch(toast.failed);
      }}
    >
      {pick(link.label, locale)}
    </button>
  );
}

/** One answer: paragraphs, steps, official pages. */
export function HelpArticleView({ article }: { readonly article: HelpArticle }) {
  const t = useTexts(helpTexts);
  const locale = useLocale();
  return (
    <article className={styles['article']} aria-label={pick(article.question, locale)}>
      <h1>{pick(article.question, locale)}</h1>
      {article.answer.map((paragraph) => (
        <p key={paragraph.en}>{pick(paragraph, locale)}</p>
      ))}
      {article.steps ? (
        <>
          <h2>{t('steps')}</h2>
          <ol>
            {article.steps.map((step) => (
              <li key={step.en}>{pick(step, locale)}</li>
            ))}
          </ol>
        </>
      ) : null}
      {article.links ? (
        <>
          <h2>{t('official')}</h2>
          <ul className={styles['links']}>
            {article.links.map((link) => (
              <li key={link.url}>
                <OfficialLink link={link} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p className={styles['note']}>{t('offline')}</p>
    </article>
  );
}
