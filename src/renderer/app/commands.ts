/** What the commands of `#shared/commands` do: each feature gives its own their work, and everything runs them from here. */
import { create } from 'zustand';
import { COMMAND_IDS, entryOf, type CommandId } from '#shared/commands';
import { useNavigation } from './navigation';

/** `digit` is what was pressed, for families such as Ctrl-1…9. */
export type CommandWork = (digit: number | null) => void;

type Works = Readonly<Partial<Record<CommandId, CommandWork>>>;

const useWorks = create<{ readonly works: Works }>(() => ({ works: {} }));

/** Gives commands their work for as long as the feature is there. Returns the disposer. */
export function provideCommands(works: Works): () => void {
  useWorks.setState((state) => ({ works: { ...state.works, ...works } }));
  return () =>
    useWorks.setState((state) => ({
      works: Object.fromEntries(
        Object.entries(state.works).filter(([id, work]) => works[id as CommandId] !== work),
      ),
    }));
}

/** Why a command can do nothing now; null when it can. */
export type Obstacle = 'no-conversation' | 'elsewhere' | null;

export function obstacleTo(id: CommandId): Obstacle {
  if (entryOf(id).onConversation && useNavigation.getState().conversation === null) return 'no-conversation';
  return useWorks.getState().works[id] ? null : 'elsewhere';
}

/** Runs a command; false when it can do nothing now. */
export function runCommand(id: CommandId, digit: number | null = null): boolean {
  if (obstacleTo(id) !== null) return false;
  useWorks.getState().works[id]?.(digit);
  return true;
}

/** Those of the palette, in the order of the list. */
export function paletteCommands(): readonly CommandId[] {
  return COMMAND_IDS.filter((id) => {
    const { keyOnly, ownKeys } = entryOf(id);
    return !keyOnly && !ownKeys;
  });
}
