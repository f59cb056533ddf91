import { day, filled } from 'c/bailiwick';
import type { OpenedMap, PictureWords } from 'c/bailiwick';
import type { LayerKeeper } from './layerKeeper';
import { texts } from './texts';

/** Title, date and sources for a picture of the map. Without figures the areas alone are named. */
export async function pictureWords({ data }: OpenedMap, keeper: LayerKeeper, label: string): Promise<PictureWords> {
  const { label: areas = texts.zipAreas, vintage } = data.info;
  const figures = await keeper.source().catch(() => '');
  const parts = [
    filled(texts.areas, areas, vintage ? `, ${vintage}` : ''),
    figures === '' ? '' : filled(texts.figures, figures),
    texts.bailiwick,
  ];
  return {
    title: keeper.planName || label,
    date: day(new Date().toISOString()),
    source: parts.filter((part) => part !== '').join(' '),
  };
}
