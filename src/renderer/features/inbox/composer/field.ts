/** The text field on screen, for whatever puts words at its caret. */
let field: HTMLTextAreaElement | null = null;

/** Registers the field; returns the disposer. */
export function setField(element: HTMLTextAreaElement | null): () => void {
  field = element;
  return () => {
    if (field === element) field = null;
  };
}

export function focusField(): void {
  field?.focus();
}

/** The words that are selected in the field. */
export function selectedText(): string {
  return field ? field.value.slice(field.selectionStart, field.selectionEnd) : '';
}

/** Whether words can be put into the field now. */
export function fieldTakesWords(): boolean {
  return field !== null && !field.disabled;
}

/** Selects a part of what was just put at the caret, by offsets in it of UTF-16 units. */
export function selectInserted(text: string, part: { readonly start: number; readonly end: number }): void {
  if (!field) return;
  const from = field.selectionEnd - text.length;
  field.setSelectionRange(from + part.start, from + part.end);
}

/**
 * Puts `text` at the caret, in place of what is selected, as if it were typed: undo takes it back. False when no field is
 * there or it is disabled.
 * @param keepFocus the focus goes back to where it was, e.g. to a picker
 */
export function insertAtCaret(text: string, keepFocus = false): boolean {
  if (!field || field.disabled) return false;
  const before = document.activeElement;
  field.focus();
  // The one way of putting text into a field that its own undo knows.
  const inserted = document.execCommand('insertText', false, text);
  if (keepFocus && before instanceof HTMLElement) before.focus();
  return inserted;
}
