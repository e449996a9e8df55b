/** What the desktop around the page wants of it, and what it is told of the page. */
import { create } from 'zustand';
import type { DeskTarget } from '#shared/ipc/desktop-methods';
import type { DesktopStatus } from '#shared/ipc/desktop-models';
import { call, subscribe } from '../api';
import { showQueue } from '../features/inbox/list/list-store';
import { useNavigation, type Navigation } from './navigation';
import { playSound } from './sounds';

/** null until main has answered. */
export const useDesktop = create<{ readonly status: DesktopStatus | null }>(() => ({ status: null }));

/** Pauses notifications for an hour, or lets them come again. @throws AppError when main refuses */
export async function setPaused(paused: boolean): Promise<void> {
  useDesktop.setState({ status: await call('desktop.setPaused', { paused }) });
}

function lead(target: DeskTarget): void {
  const { go, selectAccount, openConversation } = useNavigation.getState();
  switch (target.kind) {
    case 'conversation':
      openConversation(target.appid, target.openid);
      return;
    case 'closing-soon':
    case 'needs-reply':
      selectAccount(null);
      go('inbox');
      showQueue(target.kind);
      return;
    case 'inbox':
      go('inbox');
  }
}

async function takeTarget(): Promise<void> {
  const target = await call('desktop.takeTarget', {});
  if (target) lead(target);
}

/** The conversation on screen, as main needs it: nothing notifies of what is being looked at. */
function viewed({ screen, conversation }: Navigation): Navigation['conversation'] {
  return screen === 'inbox' && conversation
    ? { appid: conversation.appid, openid: conversation.openid }
    : null;
}

/** Follows both directions. Returns the disposer. */
export function followDesktop(): () => void {
  const tellView = (state: Navigation): void =>
    void quietly(call('desktop.viewing', { conversation: viewed(state) }));
  tellView(useNavigation.getState());
  void quietly(takeTarget());
  void quietly(call('desktop.status', {}).then((status) => useDesktop.setState({ status })));
  const disposers = [
    useNavigation.subscribe((state, before) => {
      const now = viewed(state);
      const then = viewed(before);
      if (now?.appid !== then?.appid || now?.openid !== then?.openid) tellView(state);
    }),
    subscribe('desktop.targetWaits', () => void quietly(takeTarget())),
    subscribe('desktop.changed', (status) => useDesktop.setState({ status })),
    subscribe('desktop.sound', ({ sound }) => playSound(sound)),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}

/** A main that does not answer has its own screen. */
async function quietly(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
}
