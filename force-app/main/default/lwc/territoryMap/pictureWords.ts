import { day } from 'c/bailiwick';
import type { OpenedMap, PictureWords } from 'c/bailiwick';
import type { LayerKeeper } from './layerKeeper';

/** Title, date and sources for a picture of the map. Without figures the areas alone are named. */
export async function pictureWords({ data }: OpenedMap, keeper: LayerKeeper, label: string): Promise<PictureWords> {
  const { label: areas = 'ZIP areas', vintage } = data.info;
  const figures = await keeper.source().catch(() => '');
  const parts = [
    `Areas: ${areas}${vintage ? `, ${vintage}` : ''}.`,
    figures === '' ? '' : `Figures: ${figures}.`,
    'Bailiwick.',
  ];
  return {
    title: keeper.planName || label,
    date: day(new Date().toISOString()),
    source: parts.filter((part) => part !== '').join(' '),
  };
}
