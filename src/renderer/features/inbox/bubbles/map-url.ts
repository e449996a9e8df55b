/**
 * The address of a place on Tencent's map, which uses the same (GCJ-02) coordinates as WeChat, so that the pin does
 * not land some hundred metres off.
 */
export function mapUrl(place: {
  readonly latitude: number;
  readonly longitude: number;
  readonly label: string;
}): string {
  const url = new URL('https://apis.map.qq.com/uri/v1/marker');
  const title = place.label.trim() === '' ? `${place.latitude},${place.longitude}` : place.label;
  // Colons and semicolons separate the marker's fields.
  const safe = title.replace(/[:;]/gu, ' ');
  url.searchParams.set('marker', `coord:${place.latitude},${place.longitude};title:${safe};addr:${safe}`);
  url.searchParams.set('referer', 'oa-desk');
  return url.href;
}
