/**
 * Whether the follower pane is shown. Beside the chat where there is room, and kept as a setting; in a narrow window it
 * lies over the chat, only while it is asked for.
 */
import { useMemo, useSyncExternalStore } from 'react';
import { create } from 'zustand';
import { updateSettings, useSettings } from '../../../app/settings-store';

/** Under this width of the window three panes leave the chat too little. */
const NARROW = '(max-width: 1119px)';

const useOver = create<{ readonly open: boolean }>(() => ({ open: false }));

function isNarrow(): boolean {
  return window.matchMedia(NARROW).matches;
}

function useNarrow(): boolean {
  const media = useMemo(() => window.matchMedia(NARROW), []);
  return useSyncExternalStore(
    (listener) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => media.matches,
  );
}

type ProfilePlace = 'beside' | 'over' | 'closed';

export function useProfilePlace(): ProfilePlace {
  const narrow = useNarrow();
  const over = useOver((state) => state.open);
  const beside = useSettings((state) => state.settings.profilePaneOpen);
  if (narrow) return over ? 'over' : 'closed';
  return beside ? 'beside' : 'closed';
}

export function isProfileShown(): boolean {
  return isNarrow() ? useOver.getState().open : useSettings.getState().settings.profilePaneOpen;
}

/** @throws AppError when the setting could not be kept. */
export async function setProfileShown(shown: boolean): Promise<void> {
  if (isNarrow()) useOver.setState({ open: shown });
  else if (useSettings.getState().settings.profilePaneOpen !== shown) {
    await updateSettings({ profilePaneOpen: shown });
  }
}

/** @throws AppError when the setting could not be kept. */
export function showProfile(): Promise<void> {
  return setProfileShown(true);
}

/** Wishes to tag the follower whose pane it is: it rises with each, and the pane's tag editor takes the focus. */
export const useTagging = create<{ readonly wishes: number }>(() => ({ wishes: 0 }));

/** Shows the pane and asks it for its tag editor. @throws AppError when the setting could not be kept. */
export async function requestTagging(): Promise<void> {
  useTagging.setState(({ wishes }) => ({ wishes: wishes + 1 }));
  await showProfile();
}
