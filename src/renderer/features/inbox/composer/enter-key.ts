/** What a key means in the composer. */
interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** An input method is composing: Enter takes its candidate. */
  readonly isComposing: boolean;
  /** 229 while an input method handles the key, also in engines that end the composition before the key event. */
  readonly keyCode: number;
}

/** Enter sends, Ctrl or ⌘ with Enter puts on the pile, with M merges; Escape leaves the field. null: the field's own key. */
export function composerKey(press: Press): 'send' | 'pile' | 'merge' | 'leave' | null {
  if (press.isComposing || press.keyCode === 229) return null;
  const command = press.ctrlKey !== press.metaKey && !press.altKey && !press.shiftKey;
  const plain = !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;
  if (press.key === 'Enter') return plain ? 'send' : command ? 'pile' : null;
  if (press.key === 'Escape') return 'leave';
  return command && press.key.toLowerCase() === 'm' ? 'merge' : null;
}
