import App from 'antd/es/app';
import ConfigProvider from 'antd/es/config-provider';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useCallback, useLayoutEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useSettings } from '../app/settings-store';
import { useLocale } from '../i18n/i18n';
import { resolveTheme, type ResolvedTheme } from './resolve-theme';
import { componentTheme, readDocumentToken } from './theme';

function useMedia(query: string): boolean {
  const media = useMemo(() => window.matchMedia(query), [query]);
  const follow = useCallback(
    (listener: () => void) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [media],
  );
  return useSyncExternalStore(follow, () => media.matches);
}

/**
 * Overlays live in a container of their own: in the body itself the component library would lock scrolling by a style
 * element without a nonce, which the content security policy refuses.
 */
function overlays(): HTMLElement {
  return document.getElementById('overlays') ?? document.body;
}

function cspNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/** Applies theme and language to the page and to the component library. */
export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  const preference = useSettings((state) => state.settings.theme);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  const reducedMotion = useMedia('(prefers-reduced-motion: reduce)');
  const locale = useLocale();
  const resolved = resolveTheme(preference, systemIsDark);
  const [applied, setApplied] = useState<ResolvedTheme | null>(null);

  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = resolved;
    setApplied(resolved);
  }, [resolved]);
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);

  const config = useMemo(
    () => (applied ? componentTheme(applied, readDocumentToken, reducedMotion) : null),
    [applied, reducedMotion],
  );
  const csp = useMemo(() => ({ nonce: cspNonce() }), []);
  // Tokens are read from the document, so nothing is drawn until `data-theme` stands.
  if (!config) return null;
  return (
    <ConfigProvider
      csp={csp}
      theme={config}
      locale={locale === 'en' ? enUS : zhCN}
      componentSize="middle"
      getPopupContainer={overlays}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <App component={false} message={{ duration: 3, maxCount: 3 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
