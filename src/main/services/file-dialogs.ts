/** Files that the person chooses: the port that the system's dialogs stand behind. */

export interface FileKind {
  /** Name of the kind in the person's language, as the dialog lists it. */
  readonly name: string;
  /** Without dots. */
  readonly extensions: readonly string[];
}

export interface FileDialogs {
  /**
   * Asks where to put the bytes and writes them there whole or not at all.
   * @returns false when the person thought better of it
   * @throws AppError file/not-written
   */
  save(file: {
    readonly suggestedName: string;
    readonly kinds: readonly FileKind[];
    readonly bytes: Uint8Array;
  }): Promise<boolean>;
  /**
   * Asks for one file and reads it.
   * @returns null when the person thought better of it
   * @throws AppError file/too-large (params.limit), file/unreadable
   */
  open(wanted: { readonly kinds: readonly FileKind[]; readonly maxBytes: number }): Promise<{
    readonly name: string;
    readonly bytes: Uint8Array;
  } | null>;
}
