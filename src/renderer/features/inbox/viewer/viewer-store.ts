import { create } from 'zustand';
import type { Message } from '#shared/ipc/models';

/** Id of the image message that is shown large; null: none. */
export const useViewer = create<{ readonly id: string | null }>(() => ({ id: null }));

export const openViewer = (id: string | null): void => useViewer.setState({ id });

/** The images of a conversation that can be shown, oldest first. */
export function imagesOf(messages: readonly Message[]): Message[] {
  return messages.filter(
    ({ body, media }) => body.content.kind === 'image' && media.state === 'ready' && media.url !== null,
  );
}
