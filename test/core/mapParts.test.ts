import { describe, expect, it } from 'vitest';
import { boundsOf, fit } from '../../force-app/map/fit.ts';
import { ringsOf, unitAt } from '../../force-app/map/hitTest.ts';
import { step } from '../../force-app/map/keyboard.ts';
import { unitsInside, unitsNear } from '../../force-app/map/lasso.ts';
import { legendOf } from '../../force-app/map/legend.ts';
import { fills, NO_DATA, NOT_SHOWN_FILL, UNASSIGNED_FILL, UNCHANGED_FILL, ZERO } from '../../force-app/map/paint.ts';
import { colorOf, quantileSteps } from '../../force-app/map/classes.ts';
import { circleSizes, radius } from '../../force-app/map/scale.ts';

const places = { x: [0, 10, 20, 30], y: [0, 0, 0, 0] };

describe('hit test', () => {
  it('reads absolute and relative paths alike', () => {
    const [absolute] = ringsOf('M0 0L10 0L10 10L0 10Z');
    const [relative] = ringsOf('m0,0l10,0v10h-10z');
    expect(relative?.points).toEqual(absolute?.points);
  });

  it('finds the unit under a point, minds holes, and nothing over water', () => {
    const shapes = new Map([
      [7, ringsOf('M0 0L10 0L10 10L0 10ZM4 4L6 4L6 6L4 6Z')],
      [8, ringsOf('M10 0L20 0L20 10L10 10Z')],
    ]);
    expect(unitAt(1, 1, shapes)).toBe(7);
    expect(unitAt(15, 5, shapes)).toBe(8);
    expect(unitAt(5, 5, shapes)).toBeUndefined();
    expect(unitAt(25, 5, shapes)).toBeUndefined();
  });
});

describe('lasso and brush', () => {
  it('hold the units whose point is inside, and none before three corners', () => {
    expect(unitsInside([-5, -5, 15, -5, 15, 5, -5, 5], places)).toEqual([0, 1]);
    expect(unitsInside([-5, -5, 15, -5], places)).toEqual([]);
  });

  it('brush by distance in pixels', () => {
    expect(unitsNear(11, 0, 10, places)).toEqual([1, 2]);
  });
});

describe('scale', () => {
  it('cuts steps that hold about equally many units; zero has a swatch of its own', () => {
    const values = [0, 0, ...Array.from({ length: 70 }, (_, i) => i + 1)];
    const steps = quantileSteps(values);
    expect(steps).toHaveLength(7);
    expect(steps.map(({ to }) => to)).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect(colorOf(70, steps)).toBe(steps.at(-1)?.color);
  });

  it('makes no steps without values and one for a single value', () => {
    expect(quantileSteps([0, 0])).toEqual([]);
    expect(quantileSteps([5, 5, 5])).toHaveLength(1);
  });

  it('lets the area of a circle stand for the value', () => {
    expect(radius(25, 100, 20)).toBe(10);
    expect(radius(0, 100, 20)).toBe(0);
    expect(circleSizes(1234)).toEqual([1000, 250, 50]);
    expect(circleSizes(0)).toEqual([]);
  });
});

describe('paint', () => {
  const demand = { values: [0, 5, 9, 0], suppressed: [0, 0, 1, 0], noData: [0, 0, 0, 1] };
  const paint = { colorBy: 'territory', owners: [0, 1, -1, -2], colors: [0, 1] } as const;

  it('tells zero, no data and estimated apart', () => {
    const { fillOf } = fills({ ...paint, colorBy: 'demand', demand });
    expect(fillOf(0)).toEqual(ZERO);
    expect(fillOf(3)).toEqual(NO_DATA);
    expect([fillOf(1).pattern, fillOf(2).pattern]).toEqual(['none', 'dots']);
  });

  it('in a map of differences colours only what changed, and says what the rest is', () => {
    const difference = { ...paint, owners: [0, 1, 1], changedFrom: [0, 0, 1] };
    const { fillOf } = fills(difference);
    expect([fillOf(0), fillOf(2)]).toEqual([UNCHANGED_FILL, UNCHANGED_FILL]);
    expect(fillOf(1)).toEqual(fills({ ...paint, owners: [0, 1, 1] }).fillOf(1));
    const labels = legendOf(difference, [], 0, () => 0).map(({ label }) => label);
    expect(labels).toContain('keeps its territory');
  });

  it('shows what belongs to nobody and what is not shown', () => {
    const { fillOf } = fills(paint);
    expect(fillOf(2)).toEqual(UNASSIGNED_FILL);
    expect(fillOf(3)).toEqual(NOT_SHOWN_FILL);
    expect(fillOf(0).color).not.toBe(fillOf(1).color);
  });

  it('explains in the legend everything that is on the map, and nothing else', () => {
    const labels = (more: object) => legendOf({ ...paint, ...more }, [], 0, () => 1).map(({ label }) => label);
    expect(labels({})).toContain('in no territory');
    expect(labels({})).toContain('not your territory');
    expect(labels({ owners: [0, 1] })).not.toContain('in no territory');
    expect(labels({ ghost: [0, 0] })).toContain('border today');
    expect(labels({ showUnitLines: true, hasLinks: true })).toEqual(
      expect.arrayContaining(['ZIP area (approximate)', 'water or gap link']),
    );
    expect(labels({ showUnitLines: true, unitLine: 'county' })).toContain('county');
    expect(labels({ showUnitLines: true })).not.toContain('water or gap link');
    expect(labels({ hasLinks: true })).not.toContain('water or gap link');
    expect(labels({ colorBy: 'demand', demand })).toEqual([
      'Market potential per ZIP · equally many in each colour',
      'zero',
      'no data',
      'part estimated (small cells not shown)',
    ]);
  });
});

describe('view', () => {
  it('takes the closest whole zoom that shows the bounds', () => {
    const box = boundsOf([40, 41], [-75, -74]);
    expect(box).not.toBeNull();
    const near = fit(box!, { x: 1200, y: 1200 }, 5);
    const far = fit(box!, { x: 300, y: 300 }, 5);
    expect(near.zoom - far.zoom).toBe(2);
    expect(near.lat).toBeCloseTo(40.5, 1);
    expect(boundsOf([], [])).toBeNull();
  });

  it('walks to the neighbour that lies in the direction of the arrow', () => {
    const units = { lat: [0, 1, 0, -1], lon: [0, 0, 1, 0], neighbors: [[1, 2, 3], [0], [0], [0]] };
    const middle = { lat: 0, lng: 0 };
    expect(step(null, 'north', units, middle)).toBe(0);
    expect(step(0, 'north', units, middle)).toBe(1);
    expect(step(0, 'east', units, middle)).toBe(2);
    expect(step(0, 'west', units, middle)).toBe(0);
  });
});
