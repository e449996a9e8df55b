/** The entry by which a Linux desktop starts the app at login (Desktop Entry and Autostart specifications of freedesktop.org). */

/**
 * Text of the `.desktop` file that runs `command`, program first.
 * @throws RangeError for a word that no entry can hold (control characters)
 */
export function autostartEntry(name: string, command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    `Name=${escapeValue(name)}`,
    `Exec=${escapeValue(command.map(quoteArgument).join(' '))}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Always in quotes; within them four characters need a backslash, and a percent sign would begin a field code. */
function quoteArgument(word: string): string {
  if (/\p{Cc}/u.test(word)) throw new RangeError('control character in a command');
  return `"${word.replace(/["`$\\]/g, '\\$&').replace(/%/g, '%%')}"`;
}

/** The rule of every string of the file, on top of the quoting. */
function escapeValue(value: string): string {
  return value.replace(/\\/g, '\\\\');
}
