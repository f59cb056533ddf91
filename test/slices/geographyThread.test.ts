import { expect, it } from 'vitest';
import { readShapes } from '../../service/geography/readShapes.ts';
import { takeShapes } from '../../service/geography/takeShapes.ts';

/** A grid of square ZIP areas around Boston. */
function squares(count: number): Buffer {
  const features = Array.from({ length: count }, (_, i) => {
    const [x, y] = [-71.5 + (i % 10) / 20, 42 + Math.floor(i / 10) / 20];
    const ring = [[x, y], [x + 0.05, y], [x + 0.05, y + 0.05], [x, y + 0.05], [x, y]]; // prettier-ignore
    const properties = { ZCTA5CE10: `02${String(108 + i).padStart(3, '0')}` };
    return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } };
  });
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
}

it('a map read in a thread is the same as one read here, and the main thread answers meanwhile', async () => {
  const task = { bytes: squares(40), name: 'ma.json', wanted: undefined };
  let turns = 0;
  const beat = setInterval(() => turns++, 1);
  const there = await readShapes(task, 0);
  clearInterval(beat);
  expect(there).toEqual(await takeShapes(task));
  expect(there.contents.get('MA')?.zips).toHaveLength(40);
  expect(turns).toBeGreaterThan(5);
});

it('what is wrong with it comes back with its code and what to do', async () => {
  const task = {
    bytes: Buffer.from('{"type": "FeatureCollection", "features": ['),
    name: 'cut.json',
    wanted: undefined,
  };
  const here = await takeShapes(task).catch((error: unknown) => error);
  const there = await readShapes(task, 0).catch((error: unknown) => error);
  expect(there).toMatchObject({ code: 'file_not_recognized', message: (here as Error).message });
  expect((there as { action: string }).action).toBe((here as { action: string }).action);
});
