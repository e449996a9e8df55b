import { create } from 'zustand';

export const usePalette = create<{ readonly open: boolean }>(() => ({ open: false }));

/** Opens the palette; the same key again closes it. */
export function openPalette(): void {
  usePalette.setState(({ open }) => ({ open: !open }));
}

export function closePalette(): void {
  usePalette.setState({ open: false });
}
