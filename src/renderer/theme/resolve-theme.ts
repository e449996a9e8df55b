import type { Settings } from '#shared/ipc/models';

export type ResolvedTheme = 'light' | 'dark';

/** The theme to draw: the user's word, or the system's when left to it. */
export function resolveTheme(preference: Settings['theme'], systemIsDark: boolean): ResolvedTheme {
  if (preference === 'system') return systemIsDark ? 'dark' : 'light';
  return preference;
}
