import type { Sound } from '#shared/ipc/desktop-models';

const FILES: Readonly<Record<Exclude<Sound, 'none'>, string>> = {
  drop: new URL('../../../resources/sounds/drop.wav', import.meta.url).href,
  bell: new URL('../../../resources/sounds/bell.wav', import.meta.url).href,
  knock: new URL('../../../resources/sounds/knock.wav', import.meta.url).href,
  chime: new URL('../../../resources/sounds/chime.wav', import.meta.url).href,
};

/** Plays a sound of a notification. A computer without loudspeakers refuses, and that is nobody's trouble. */
export function playSound(sound: Sound): void {
  if (sound === 'none') return;
  new Audio(FILES[sound]).play().catch(() => undefined);
}
