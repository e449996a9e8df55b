/** Whose snooze is being chosen; the dialog shows it. */
import { create } from 'zustand';
import type { Conversation } from '#shared/ipc/models';
import type { SnoozeChoice } from './snooze-times';

export const useSnoozing = create<{ readonly row: Conversation | null }>(() => ({ row: null }));

export function pickSnooze(row: Conversation): void {
  useSnoozing.setState({ row });
}

export function closeSnooze(): void {
  useSnoozing.setState({ row: null });
}

export const CHOICE_NAMES = {
  'later-today': 'laterToday',
  'before-closing': 'beforeClosing',
  tomorrow: 'tomorrow',
  'next-week': 'nextWeek',
} as const satisfies Record<SnoozeChoice, string>;
