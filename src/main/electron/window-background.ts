/**
 * The page's ground (`--bg-app` of the theme) before the page has drawn anything, so that opening does not flash.
 * A test holds the two together.
 */
export const WINDOW_BACKGROUND = { light: '#f4f5f5', dark: '#161817' } as const;
