/** How much of each file under way has gone to WeChat. */
import { create } from 'zustand';
import { subscribe } from '../../../api';

/** Percent by message id; gone when the file is there. */
const useUploads = create<{ readonly percent: Readonly<Record<string, number>> }>(() => ({ percent: {} }));

/** Whole percent of the message's file, or null when nothing is being uploaded. */
export function useUploadPercent(messageId: string): number | null {
  return useUploads((state) => state.percent[messageId] ?? null);
}

/** Follows main's uploads. Returns the disposer. */
export function followUploads(): () => void {
  return subscribe('media.progress', ({ messageId, sent, total }) => {
    useUploads.setState(({ percent: { [messageId]: _before, ...others } }) => ({
      percent: sent >= total ? others : { ...others, [messageId]: Math.floor((sent / total) * 100) },
    }));
  });
}
