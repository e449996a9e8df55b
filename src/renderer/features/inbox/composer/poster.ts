/** The picture that stands for a video in WeChat: a frame of it, as a JPEG below WeChat's 64 KB. */
import { mediaLimit } from '#shared/domain/media-limits';

const WIDTH = 480;
/** Tried in turn until the picture is small enough. */
const QUALITIES = [0.8, 0.6, 0.4, 0.2];
const LOAD_MS = 8_000;

/**
 * A frame near the beginning of the video at `url`; where this computer cannot decode it, a plain dark picture with a play
 * mark, for WeChat wants one in any case.
 */
export async function posterOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  const video = await loadFrame(url);
  if (video) {
    canvas.width = Math.min(WIDTH, video.videoWidth);
    canvas.height = Math.max(1, Math.round((canvas.width * video.videoHeight) / video.videoWidth));
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    video.removeAttribute('src');
    video.load();
  } else drawPlain(canvas);
  return asJpeg(canvas);
}

function loadFrame(url: string): Promise<HTMLVideoElement | null> {
  return new Promise((resolve) => {
    const video = document.createElement('video');
    const timer = setTimeout(() => resolve(null), LOAD_MS);
    const done = (result: HTMLVideoElement | null) => {
      clearTimeout(timer);
      resolve(result);
    };
    // Without it the canvas may not be read: media have an origin of their own.
    video.crossOrigin = 'anonymous';
    video.muted = true;
    video.preload = 'auto';
    video.onloadeddata = () => done(video.videoWidth > 0 ? video : null);
    video.onerror = () => done(null);
    video.src = url;
  });
}

function drawPlain(canvas: HTMLCanvasElement): void {
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(document.documentElement);
  context.fillStyle = style.getPropertyValue('--text');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = style.getPropertyValue('--bg-panel');
  context.beginPath();
  context.moveTo(142, 66);
  context.lineTo(190, 90);
  context.lineTo(142, 114);
  context.fill();
}

async function asJpeg(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob && blob.size <= mediaLimit('thumb').bytes) return new Uint8Array(await blob.arrayBuffer());
  }
  return new Uint8Array();
}
