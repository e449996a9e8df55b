import { useMemo } from 'react';
import type { InboundContent } from '#shared/domain/message';
import { useTexts } from '../../../i18n/texts';
import { Card, OpenLink } from './cards';
import styles from './bubbles.module.css';
import { degrees } from './event-words';
import { MAP_SIZE, mapSketch } from './map-sketch';
import { mapUrl } from './map-url';
import { Searched } from './searched';
import { contentTexts } from './texts';

/** A place: a drawn map with a pin, its name and coordinates, and the way to a real map in the browser. */
export function LocationCard({
  content,
}: {
  readonly content: Extract<InboundContent, { kind: 'location' }>;
}) {
  const t = useTexts(contentTexts);
  const label = content.label.trim();
  const { latitude, longitude } = content;
  return (
    <div className={styles['place']}>
      <MapDrawing latitude={latitude} longitude={longitude} />
      <Card
        icon="location"
        kind={t('locationName')}
        title={label === '' ? t('locationName') : <Searched text={label} />}
        facts={
          <p className={`${styles['cardFact']} num selectable`}>
            {t('coordinates', { latitude: degrees(latitude), longitude: degrees(longitude) })}
          </p>
        }
        action={<OpenLink url={mapUrl(content)} label={t('openMap')} />}
      />
    </div>
  );
}

function MapDrawing({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }) {
  const sketch = useMemo(() => mapSketch({ latitude, longitude }), [latitude, longitude]);
  const { width, height } = MAP_SIZE;
  return (
    <svg
      className={styles['map']}
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden
    >
      {sketch.parks.map((park, index) => (
        <rect
          key={index}
          className={styles['park']}
          x={park.x}
          y={park.y}
          width={park.w}
          height={park.h}
          rx={3}
        />
      ))}
      <path className={styles['water']} d={sketch.water} />
      <path className={styles['street']} d={sketch.streets} />
      <path className={styles['avenue']} d={sketch.avenues} />
      <g transform={`translate(${String(width / 2)} ${String(height / 2)})`}>
        <ellipse className={styles['pinShadow']} cx="0" cy="0" rx="7" ry="2.5" />
        <path className={styles['pin']} d="M0 0C-3-8-10-12-10-20a10 10 0 0 1 20 0C10-12 3-8 0 0Z" />
        <circle className={styles['pinEye']} cx="0" cy="-20" r="3.6" />
      </g>
    </svg>
  );
}
