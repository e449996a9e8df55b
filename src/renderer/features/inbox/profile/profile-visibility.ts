import { updateSettings, useSettings } from '../../../app/settings-store';

export function useProfileOpen(): boolean {
  return useSettings((state) => state.settings.profilePaneOpen);
}

/** @throws AppError when the setting could not be kept. */
export function toggleProfile(): Promise<void> {
  return updateSettings({ profilePaneOpen: !useSettings.getState().settings.profilePaneOpen });
}

/** @throws AppError when the setting could not be kept. */
export async function showProfile(): Promise<void> {
  if (!useSettings.getState().settings.profilePaneOpen) await toggleProfile();
}
