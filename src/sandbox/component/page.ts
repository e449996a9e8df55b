import { permissionSet } from '#shared/domain/permission-sets';
import type { Localized } from '#shared/localized';
import type { Account } from '../state/account';
import type { Attempt } from './attempt';
import { drawCode } from './code-drawing';
import { PAGE_TEXTS, type Language } from './page-texts';

const STYLE = `body{font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;margin:0;background:#f4f5f7;color:#1d2129}
main{max-width:900px;margin:32px auto;padding:24px 32px;background:#fff;border-radius:12px}
h1{font-size:22px;margin:0 0 8px}h2{font-size:15px;margin:20px 0 6px}.note{color:#5b6270;font-size:13px}
.columns{display:flex;gap:40px;flex-wrap:wrap}.code{width:240px}.form{flex:1;min-width:320px}
label{display:block}fieldset{border:0;margin:0;padding:0}.alert{background:#fff1f0;border:1px solid #e0938c;padding:8px 12px;border-radius:8px}
button{font:inherit;padding:7px 14px;margin:16px 8px 0 0;border:1px solid #c3c8d1;border-radius:8px;background:#fff;cursor:pointer}
button.main{background:#067b3f;border-color:#067b3f;color:#fff}`;

export interface PageView {
  readonly attempt: Attempt;
  readonly language: Language;
  readonly accounts: readonly Account[];
  /** Unix seconds when the code stops working. */
  readonly expiresAt: number;
  /** Seconds after which a browser looks again; null when the clock stands still. */
  readonly lookAgainAfter: number | null;
  /** What went wrong with the last scan. */
  readonly alert: Localized | null;
}

/** The address of an open page, for its form and for looking again. */
export function pagePath(attempt: Attempt): string {
  return `/__sandbox/authorization-page/${attempt.id}`;
}

/** The page with the code, the account's choices and the buttons that stand in for the phone. */
export function renderPage(view: PageView): string {
  const { attempt, language, accounts, alert } = view;
  const t = (key: keyof typeof PAGE_TEXTS): string => escapeHtml(PAGE_TEXTS[key][language]);
  const until = new Date((view.expiresAt + 8 * 3600) * 1000).toISOString().slice(11, 19);
  const chosen = attempt.bizAppid ?? accounts[0]?.appid;
  const accountList = accounts.map((account) => {
    const kind = t(account.type);
    const standing = t(account.standing.verified ? 'verified' : 'unverified');
    const checked = account.appid === chosen ? ' checked' : '';
    return `<label><input type="radio" name="account" value="${escapeHtml(account.appid)}"${checked}> ${escapeHtml(account.nickname)} <span class="note">${kind} · ${standing} · ${escapeHtml(account.originalId)}</span></label>`;
  });
  const setList = attempt.sets.map((id) => {
    const set = permissionSet(id);
    const name = set === null ? String(id) : set.name[language];
    const exclusive = set?.exclusive ? ` <span class="note">${t('exclusive')}</span>` : '';
    return `<label><input type="checkbox" name="set" value="${id}" checked> ${id} ${escapeHtml(name)}${exclusive}</label>`;
  });
  const again = view.lookAgainAfter;
  return document(
    language,
    `<h1>${t('title')}</h1><p class="note">${t('sandbox')}</p>
<p>${t('platform')}: <code>${escapeHtml(attempt.component.appid)}</code></p>
${alert === null ? '' : `<p class="alert" role="alert">${escapeHtml(alert[language])}</p>`}
<div class="columns"><div class="code">${drawCode(attempt.id)}<p>${t('scan')}</p><p class="note">${t('drawing')}</p><p class="note">${t('expires')} ${until} (UTC+8)</p></div>
<form class="form" method="post" action="${pagePath(attempt)}">
<h2 id="account">${t('account')}</h2><fieldset aria-labelledby="account">${accountList.join('')}</fieldset>
<h2 id="sets">${t('sets')}</h2><fieldset aria-labelledby="sets">${setList.join('')}</fieldset>
<button class="main" name="as" value="administrator">${t('administrator')}</button><button name="as" value="operator">${t('operator')}</button><button name="as" value="other-kind">${t('otherKind')}</button><button name="as" value="refuse">${t('refuse')}</button>
</form></div>`,
    again === null
      ? ''
      : `<meta http-equiv="refresh" content="${Math.max(1, again)};url=${pagePath(attempt)}">`,
  );
}

/** A page that says one thing: an error, or how it ended. */
export function renderNotice(language: Language, notice: Localized): string {
  const title = escapeHtml(PAGE_TEXTS.title[language]);
  const sandbox = escapeHtml(PAGE_TEXTS.sandbox[language]);
  return document(
    language,
    `<h1>${title}</h1><p class="alert" role="alert">${escapeHtml(notice[language])}</p><p class="note">${sandbox}</p>`,
    '',
  );
}

function document(language: Language, body: string, head: string): string {
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  const title = escapeHtml(PAGE_TEXTS.title[language]);
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${head}<title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
