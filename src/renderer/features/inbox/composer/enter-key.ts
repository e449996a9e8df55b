/** What pressing Enter means in the composer. */
interface EnterPress {
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

export function isSendKey(press: EnterPress): boolean {
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === 229) return false;
  return !press.shiftKey && !press.altKey && !press.ctrlKey && !press.metaKey;
}
