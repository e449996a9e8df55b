/** How an image lies in the viewer: a scale and where its middle is, in CSS pixels from the middle of the viewer. */

export interface View {
  /** 1: one pixel of the image for one of the screen. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const MIN_SCALE = 0.05;
const MAX_SCALE = 8;

/** The whole image, never larger than it is. */
export function fitted(image: Size, box: Size): View {
  const scale = Math.min(1, box.width / image.width, box.height / image.height);
  return { scale: Number.isFinite(scale) && scale > 0 ? scale : 1, x: 0, y: 0 };
}

/** Zoomed by `factor`; what lies under the point (from the middle of the viewer) stays there. */
export function zoomed(view: View, factor: number, point = { x: 0, y: 0 }): View {
  const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, view.scale * factor));
  const real = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * real, y: point.y - (point.y - view.y) * real };
}

/** Moved, but never out of sight: the edge of a large image stays at the edge of the viewer. */
export function moved(
  view: View,
  by: { readonly x: number; readonly y: number },
  image: Size,
  box: Size,
): View {
  const limit = (length: number, room: number) => Math.max(0, (length * view.scale - room) / 2);
  const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return {
    scale: view.scale,
    x: within(view.x + by.x, limit(image.width, box.width)),
    y: within(view.y + by.y, limit(image.height, box.height)),
  };
}
