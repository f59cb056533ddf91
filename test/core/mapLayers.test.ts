import { describe, expect, it } from 'vitest';
import { colorOf, MOST_BREAKS, parseBreaks, quantileSteps, stepsOf } from '../../force-app/map/classes.ts';
import { clusters } from '../../force-app/map/clusters.ts';
import { drawTile } from '../../force-app/map/drawTile.ts';
import { legendOf } from '../../force-app/map/legend.ts';
import { byCounty, measureSteps, type MeasurePaint } from '../../force-app/map/measurePaint.ts';
import { fills, NO_DATA, NOT_SHOWN_FILL, ZERO } from '../../force-app/map/paint.ts';
import { ascii85, pdfOf } from '../../force-app/map/pdf.ts';
import { ringsLegend } from '../../force-app/map/rings.ts';
import { DEVIATIONS, SEQUENTIAL } from '../../force-app/map/scale.ts';
import { words } from '../../force-app/map/words.ts';
import { seeded } from '../../service/core/random.ts';
import { DEFAULT_TRAVEL, reachKm, speedKmh } from '../../service/core/travel.ts';

const values = [0, 1, 2, 3, 4, 5, 6, 7, 100, null];

describe('classes', () => {
  it('by equal steps are equally wide and leave zero out', () => {
    const steps = stepsOf(values, { method: 'equal' });
    expect(steps.map(({ to }) => to)).toEqual([15, 29, 43, 58, 72, 86, 100]);
    expect(new Set(steps.map(({ color }) => color)).size).toBe(SEQUENTIAL.length);
  });

  it('by own bounds are these, and one more for what lies above', () => {
    const steps = stepsOf(values, { method: 'own', breaks: [2, 10] });
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 10],
      [10, 100],
    ]);
    expect(colorOf(2, steps)).toBe(steps[0]?.color);
    expect(colorOf(2.1, steps)).toBe(steps[1]?.color);
    // nothing lies above: no class for it
    expect(stepsOf([1, 2], { method: 'own', breaks: [5] }).map(({ to }) => to)).toEqual([5]);
  });

  it('without positive values there are none, however they are cut', () => {
    for (const method of ['quantile', 'equal', 'own'] as const)
      expect(stepsOf([0, 0, null], { method, breaks: [1] })).toEqual([]);
  });

  it('by quantile mind neither zeros nor what is not shown', () => {
    expect(quantileSteps([0, 0, 0, null, 5, 10], ['#111111', '#222222']).map(({ to }) => to)).toEqual([5, 10]);
  });

  it('are typed as people type numbers', () => {
    expect(parseBreaks('10k, 50k; 1.5M')).toEqual({ breaks: [10_000, 50_000, 1_500_000] });
    expect(parseBreaks('$1,000 5,000,12000')).toEqual({ breaks: [1000, 5000, 12_000] });
    for (const wrong of [
      '',
      'ten',
      '5 5',
      '0',
      '9 3',
      '-1',
      Array.from({ length: MOST_BREAKS + 1 }, (_, i) => i + 1).join(' '),
    ])
      expect(parseBreaks(wrong), wrong).toHaveProperty('problem');
  });
});

describe('a measure', () => {
  const measure: MeasurePaint = {
    label: 'Headroom',
    unit: 'usd',
    values: [0, 5, 20, null, 0],
    suppressed: [0, 1, 0, 0, 0],
    noData: [0, 0, 0, 0, 1],
  };
  const paint = { colorBy: 'territory', owners: [0, 0, 0, 0, 0], colors: [0], measure } as const;

  it('tells zero, no data, part estimated and not shown apart', () => {
    const { fillOf } = fills(paint);
    expect([fillOf(0), fillOf(3), fillOf(4)]).toEqual([ZERO, NOT_SHOWN_FILL, NO_DATA]);
    expect([fillOf(1).pattern, fillOf(2).pattern]).toEqual(['dots', 'none']);
    const labels = legendOf(paint, measureSteps(measure), 0, () => 1).map(({ label }) => label);
    expect(labels).toEqual([
      'Headroom per ZIP · equally many in each colour',
      '$0 – $5',
      '$5 – $20',
      'zero',
      'no data',
      'part estimated (small cells not shown)',
      'not your territory',
      'territory border',
    ]);
  });

  it('by county is the sum of its units, over units that may be seen', () => {
    const county = byCounty(measure, { counties: ['a', 'a', 'b', 'b', 'c'] });
    expect(county?.values).toEqual([5, 5, 20, 20, 0]);
    expect(county?.suppressed).toEqual([true, true, false, false, false]);
    expect(county?.noData).toEqual([false, false, false, false, true]);
    // two counties with a value, two classes: not weighted by their ZIPs
    expect(measureSteps(county!).map(({ to }) => to)).toEqual([5, 20]);
    expect(byCounty({ ...measure, isAdditive: false }, { counties: ['a', 'a', 'b', 'b', 'c'] })).toBeNull();
  });

  it('cuts its classes once for the same values', () => {
    expect(measureSteps({ ...measure })).toBe(measureSteps({ ...measure }));
    expect(measureSteps({ ...measure, classing: { method: 'equal' } })).not.toBe(measureSteps(measure));
  });
});

describe('deviation', () => {
  it('colours a territory by its distance from the target, either measure', () => {
    const deviation = { workload: [0.5, -0.5], potential: [0, 0] };
    const paint = { colorBy: 'deviation', owners: [0, 1], colors: [0, 1], deviation } as const;
    expect(fills(paint).fillOf(0).color).not.toBe(fills(paint).fillOf(1).color);
    const flat = { ...paint, deviationOf: 'potential' } as const;
    expect(fills(flat).fillOf(0).color).toBe(fills(flat).fillOf(1).color);
    const labels = legendOf(flat, [], 0, () => 1).map(({ label }) => label);
    expect(labels).toEqual(
      expect.arrayContaining(['Market potential against target', ...DEVIATIONS.map(({ word }) => words[word])]),
    );
  });
});

describe('clusters', () => {
  const random = seeded(5);
  const x = Array.from({ length: 2000 }, () => 0.3 + random() / 100);
  const y = Array.from({ length: 2000 }, () => 0.4 + random() / 100);

  it('hold every point once, at their middle, and part as one looks closer', () => {
    const counts = [6, 9, 13].map((zoom) => {
      const found = clusters(x, y, zoom, 256 * 2 ** zoom);
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
      return found.length;
    });
    expect(counts[0]).toBeLessThan(10);
    expect(counts[1]).toBeGreaterThan(counts[0]!);
    expect(counts[2]).toBeGreaterThan(1000);
    const [one] = clusters([0.1, 0.1001], [0.2, 0.2], 3, 2048);
    expect(one).toMatchObject({ count: 2, first: 0 });
    expect(one?.x).toBeCloseTo(0.10005, 9);
  });

  it('no two of them cover each other', () => {
    const world = 256 * 2 ** 8;
    const found = clusters(x, y, 8, world);
    for (const [i, a] of found.entries())
      for (const b of found.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y) * world).toBeGreaterThan(16);
  });
});

describe('drive times', () => {
  it('undo the formula of travel: the way there takes so long', () => {
    for (const minutes of [5, 30, 60, 90, 240]) {
      const km = reachKm(minutes, DEFAULT_TRAVEL);
      expect((60 * DEFAULT_TRAVEL.circuity * km) / speedKmh(km, DEFAULT_TRAVEL)).toBeCloseTo(minutes, 6);
    }
    expect(reachKm(0, DEFAULT_TRAVEL)).toBe(0);
  });

  it('say in the legend that they are estimates, and how', () => {
    const { label } = ringsLegend({ lat: 42, lon: -71, minutes: [30, 60], around: 'Boston', travel: DEFAULT_TRAVEL });
    expect(label).toBe('30, 60 min by car from Boston (estimate: straight line × 1.3 at 35–85 km/h)');
  });
});

describe('PDF', () => {
  const image = { base64: btoa('\u0000\u0000\u0000\u0000\u00ff\u0001binary'), width: 200, height: 100 };

  it('encodes bytes as its readers expect', () => {
    expect(ascii85('Man ')).toBe('9jqo^~>');
    expect(ascii85('\u0000\u0000\u0000\u0000')).toBe('z~>');
    expect(ascii85('M')).toBe('9`~>');
  });

  it('is ASCII, with a table that tells where each object begins', () => {
    const file = pdfOf(image, { title: 'Größe (a)', subject: 'x' });
    expect([...file].every((character) => character.charCodeAt(0) < 128)).toBe(true);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
    expect(file.slice(start, start + 4)).toBe('xref');
    const offsets = [...file.matchAll(/^(\d{10}) 00000 n /gm)].map(([, at]) => Number(at));
    expect(offsets).toHaveLength(6);
    offsets.forEach((at, i) => expect(file.slice(at, at + 7)).toBe(`${i + 1} 0 obj`));
    for (const [, length, stream] of file.matchAll(/\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/g))
      expect(stream?.length).toBe(Number(length));
  });
});

describe('lines of a tile', () => {
  it('follow an edit at once: outline, ghost and selection come from the borders between units', () => {
    const widths: string[] = [];
    const context = new Proxy({} as CanvasRenderingContext2D, {
      get: (_, name) => (name === 'stroke' ? () => widths.push(String(styles.get('strokeStyle'))) : () => undefined),
      set: (_, name, value) => Boolean(styles.set(String(name), value)),
    });
    const styles = new Map<string, unknown>();
    const tile = { extent: 4096, units: [], borders: [[0, 1, 'M0 0l1 1'] as const, [1, 2, 'M1 1l1 1'] as const] };
    const view = { tile, rings: () => new Map(), scale: 1, shiftX: 0, shiftY: 0 };
    const lines = (owners: number[], ghost: number[] | null, selected: number[] = []) => {
      widths.length = 0;
      const paint = { colorBy: 'territory', owners, ghost, colors: [] } as const;
      drawTile(context, view, { paint, fillOf: () => ZERO, selected: new Set(selected) }, 1);
      return [...widths];
    };
    globalThis.Path2D ??= class {} as unknown as typeof Path2D;
    expect(lines([0, 0, 0], null)).toEqual([]);
    expect(lines([0, 1, 1], null)).toHaveLength(2);
    // unit 1 has moved: its old border is a ghost, its new one an outline
    expect(lines([0, 0, 1], [0, 1, 1])).toEqual(expect.arrayContaining(['#b5179e', '#1f3a5f']));
    expect(lines([0, 0, 0], null, [1])).toEqual(['#ffffff', '#181818']);
  });
});
