import { afterEach, expect, it } from 'vitest';
import { COMMAND_IDS, entryOf } from '#shared/commands';
import {
  obstacleTo,
  paletteCommands,
  provideCommands,
  runCommand,
} from '../../../../src/renderer/app/commands';
import { useNavigation } from '../../../../src/renderer/app/navigation';

const disposers: (() => void)[] = [];
const provide: typeof provideCommands = (works) => {
  const dispose = provideCommands(works);
  disposers.push(dispose);
  return dispose;
};
afterEach(() => {
  for (const dispose of disposers.splice(0)) dispose();
  useNavigation.setState({ conversation: null });
});

it('runs a command with its digit, as long as a feature gives it work', () => {
  const digits: (number | null)[] = [];
  const dispose = provide({ 'account-nth': (digit) => digits.push(digit) });
  expect(runCommand('account-nth', 3)).toBe(true);
  dispose();
  expect(runCommand('account-nth', 4)).toBe(false);
  expect(digits).toEqual([3]);
});

it('lets the work of a feature that came later stay when an older one goes', () => {
  const ran: string[] = [];
  const older = provide({ 'find-follower': () => ran.push('older') });
  provide({ 'find-follower': () => ran.push('newer') });
  older();
  runCommand('find-follower');
  expect(ran).toEqual(['newer']);
});

it('says why a command can do nothing now', () => {
  provide({ done: () => undefined });
  expect(obstacleTo('done')).toBe('no-conversation');
  expect(runCommand('done')).toBe(false);
  useNavigation.setState({ conversation: { appid: 'wx0123456789abcdef', openid: 'oAnnAnnAnn' } });
  expect(obstacleTo('done')).toBeNull();
  expect(obstacleTo('pin')).toBe('elsewhere');
});

it('offers in the palette all that is not bound to a key or a field', () => {
  const offered = paletteCommands();
  expect(offered).toContain('snooze');
  expect(offered).toContain('theme-dark');
  const left = COMMAND_IDS.filter((id) => !offered.includes(id));
  expect(left.every((id) => entryOf(id).keyOnly ?? entryOf(id).ownKeys)).toBe(true);
});
