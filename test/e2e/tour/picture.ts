import { crc32, deflateSync } from 'node:zlib';

/** A plate of cakes as a PNG, 640 × 420, drawn here so that the tour needs no file. */
export function picture(): Buffer {
  const [width, height] = [640, 420];
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) row.set(colourAt(x, y), 1 + x * 3);
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const CAKES = [
  [210, 190, 62, [235, 190, 120]],
  [330, 160, 56, [140, 90, 60]],
  [430, 230, 60, [150, 180, 110]],
  [290, 270, 58, [240, 160, 160]],
] as const;

function colourAt(x: number, y: number): readonly [number, number, number] {
  for (const [cx, cy, radius, colour] of CAKES) {
    const distance = Math.hypot(x - cx, y - cy);
    if (distance < radius * 0.35) return [250, 246, 236];
    if (distance < radius) return colour;
  }
  const plate = Math.hypot((x - 320) / 1.35, y - 212);
  if (plate < 165) return [246, 246, 244];
  if (plate < 180) return [214, 220, 224];
  return [188 - y / 12, 152 - y / 12, 116 - y / 12].map(Math.round) as [number, number, number];
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
