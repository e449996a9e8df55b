/** Maps the tokens of tokens.css to the component library, so that colours have one home. */
import type { ThemeConfig } from 'antd/es/config-provider';
import theme from 'antd/es/theme';
import type { ResolvedTheme } from './resolve-theme';

export type ReadToken = (name: `--${string}`) => string;

/** Reads computed custom properties; call after `data-theme` is set. */
export function readDocumentToken(name: `--${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A configuration of antd in which every surface, text and line colour is ours. */
export function componentTheme(
  resolved: ResolvedTheme,
  token: ReadToken,
  reducedMotion: boolean,
): ThemeConfig {
  const base = resolved === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm;
  const accent = token('--accent');
  const line = token('--line');
  const strong = token('--line-strong');
  return {
    algorithm: base,
    token: {
      colorPrimary: accent,
      colorPrimaryHover: token('--accent-hover'),
      colorPrimaryActive: token('--accent-hover'),
      colorPrimaryBg: token('--accent-soft'),
      colorLink: accent,
      colorLinkHover: token('--accent-hover'),
      colorLinkActive: token('--accent-hover'),
      colorSuccess: accent,
      colorWarning: token('--amber'),
      colorError: token('--red'),
      colorInfo: token('--blue'),
      colorText: token('--text'),
      colorTextSecondary: token('--text-2'),
      colorTextTertiary: token('--text-3'),
      colorTextDescription: token('--text-3'),
      colorTextPlaceholder: token('--text-3'),
      colorTextLightSolid: token('--text-on-accent'),
      colorBgBase: token('--bg-panel'),
      colorBgContainer: token('--bg-input'),
      colorBgElevated: token('--bg-panel'),
      colorBgLayout: token('--bg-app'),
      colorBgSpotlight: token('--text'),
      colorBorder: strong,
      colorBorderSecondary: line,
      colorSplit: line,
      controlItemBgHover: token('--bg-hover'),
      controlItemBgActive: token('--bg-selected'),
      controlItemBgActiveHover: token('--bg-selected'),
      controlOutline: token('--accent-soft'),
      boxShadow: token('--shadow'),
      boxShadowSecondary: token('--shadow'),
      borderRadius: 6,
      borderRadiusLG: 8,
      borderRadiusSM: 4,
      fontFamily: token('--font'),
      fontFamilyCode: token('--font-mono'),
      fontSize: 14,
      sizeStep: 3,
      controlHeight: 30,
      controlHeightSM: 26,
      controlHeightLG: 36,
      lineWidth: 1,
      wireframe: false,
      motion: !reducedMotion,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
        contentFontSizeLG: 14,
        defaultHoverBorderColor: strong,
        defaultHoverColor: token('--text'),
        defaultHoverBg: token('--bg-hover'),
        defaultActiveBorderColor: strong,
        defaultActiveColor: token('--text'),
        defaultActiveBg: token('--bg-hover'),
        textHoverBg: token('--bg-hover'),
      },
      Input: { activeShadow: 'none', errorActiveShadow: 'none', warningActiveShadow: 'none' },
      Select: { activeOutlineColor: 'transparent', optionSelectedBg: token('--bg-selected') },
      Segmented: {
        trackBg: token('--bg-hover'),
        itemSelectedBg: token('--bg-panel'),
        itemColor: token('--text-2'),
        itemHoverColor: token('--text'),
        trackPadding: 2,
      },
      Progress: { defaultColor: accent, remainingColor: token('--line') },
      Tooltip: { colorBgSpotlight: token('--text'), colorTextLightSolid: token('--bg-panel') },
      Modal: { contentBg: token('--bg-panel'), headerBg: token('--bg-panel'), titleFontSize: 15 },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px', labelColor: token('--text-2') },
    },
  };
}
