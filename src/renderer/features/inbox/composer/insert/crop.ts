/** Arithmetic of cutting and compressing pictures. */

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The middle part of a picture that has the shape of `wanted`. */
export function coverCrop(picture: Size, wanted: Size): Size & { readonly x: number; readonly y: number } {
  const ratio = wanted.width / wanted.height;
  const width = Math.min(picture.width, picture.height * ratio);
  const height = Math.min(picture.height, picture.width / ratio);
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}

/** What is tried until the file is small enough: first less quality, then fewer pixels. */
export function* steps(): Generator<{ readonly scale: number; readonly quality: number }> {
  for (const scale of [1, 0.75, 0.5])
    for (const quality of [0.92, 0.82, 0.7, 0.55, 0.4]) yield { scale, quality };
}
