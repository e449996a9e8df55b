import type { desktopMethods } from '#shared/ipc/desktop-methods';
import type { DeskState } from '../services/desktop/desk-state';
import type { DesktopService } from '../services/desktop/desktop';
import type { Handlers } from './router';

/** Which part of the desktop answers which method; all but one work also while the app is blocked. */
export function desktopHandlers(
  state: DeskState,
  backend: () => Promise<{ readonly desktop: Pick<DesktopService, 'tryNotification'> }>,
): Pick<Handlers, keyof typeof desktopMethods> {
  return {
    'desktop.status': () => state.status(),
    'desktop.viewing': ({ conversation }) => {
      state.setViewing(conversation);
      return {};
    },
    'desktop.takeTarget': () => state.takeTarget(),
    'desktop.setPaused': ({ paused }) => {
      state.setPaused(paused);
      return state.status();
    },
    'desktop.tryNotification': async () => {
      (await backend()).desktop.tryNotification();
      return {};
    },
  };
}
