import { describe, expect, it } from 'vitest';
import { countiesOf, Drawing, type Drawn, type Tool } from '../../force-app/map/drawing.ts';
import { Walk } from '../../force-app/map/keyboard.ts';

/** Ten units in a row, 10 pixels apart; the first three are one county, the rest another; unit 9 has none. */
const counties = ['A', 'A', 'A', 'B', 'B', 'B', 'B', 'B', 'B', ''];
const x = counties.map((_, unit) => unit * 10);
const y = counties.map(() => 50);

function drawing(tool: Tool) {
  const told: Drawn[] = [];
  const lines: (readonly number[])[] = [];
  const it = new Drawing({
    projected: () => ({ x, y }),
    unitAt: (at) => (at < 0 || at > 95 ? undefined : Math.round(at / 10)),
    countyOf: countiesOf(counties),
    drawn: (drawn) => told.push(drawn),
    sketch: (line) => lines.push(line),
  });
  it.use(tool);
  return { it, told, lines };
}

describe('drawing', () => {
  it('by box takes what lies between the two corners, whichever way it is drawn', () => {
    for (const [from, to] of [
      [15, 45],
      [45, 15],
    ] as const) {
      const { it: box, told, lines } = drawing('box');
      box.down(from, 40);
      box.move(to, 60);
      expect(told.at(-1)).toEqual({ units: [2, 3, 4], phase: 'drag' });
      expect(lines.at(-1)).toEqual([from, 40, to, 40, to, 60, from, 60]);
      box.up();
      expect(told.at(-1)).toEqual({ units: [2, 3, 4], phase: 'end' });
    }
  });

  it('by county takes whole counties, by a click or a drag; a unit without a county is taken alone', () => {
    const { it: tool, told } = drawing('county');
    tool.down(10, 50);
    expect(told.at(-1)).toEqual({ units: [0, 1, 2], phase: 'drag' });
    tool.move(90, 50);
    tool.up();
    expect(told.at(-1)).toEqual({ units: [0, 1, 2, 9], phase: 'end' });
  });

  it('takes nothing where it was given up', () => {
    const { it: tool, told } = drawing('box');
    tool.down(0, 0);
    tool.move(90, 90);
    tool.cancel();
    tool.up();
    expect(told.at(-1)).toEqual({ units: [], phase: 'cancel' });
  });

  it('in every tool tells what it holds before it is let go', () => {
    for (const tool of ['lasso', 'box', 'county', 'brush1', 'brush2', 'brush3'] as const) {
      const { it: hand, told } = drawing(tool);
      hand.down(5, 30);
      hand.move(35, 30);
      hand.move(35, 70);
      hand.move(12, 70);
      const last = told.at(-1)!;
      expect([tool, last.phase, last.units.length > 0]).toEqual([tool, 'drag', true]);
      hand.up();
      expect(told.at(-1)).toEqual({ units: last.units, phase: 'end' });
    }
  });
});

describe('the keyboard on the map', () => {
  const neighbors = counties.map((_, unit) => [unit - 1, unit + 1].filter((next) => next >= 0 && next < 10));
  const units = { lat: y, lon: x, neighbors };

  function walker(use: 'draw' | 'pick' | 'none') {
    let at: number | null = null;
    const told: Drawn[] = [];
    const picked: number[] = [];
    const walk = new Walk({
      units,
      middle: () => ({ lat: 50, lng: 0 }),
      use: () => use,
      at: () => at,
      point: (unit) => (at = unit),
      grown: (some) => [...some],
      drawn: (drawn) => told.push(drawn),
      picked: (unit) => picked.push(unit),
      escaped: () => undefined,
    });
    const press = (key: string, shiftKey = false) => {
      const event = { key, shiftKey, preventDefault: () => undefined, stopImmediatePropagation: () => undefined };
      walk.key(event as KeyboardEvent);
    };
    return { press, walk, told, picked, at: () => at };
  }

  it('shows what taking the unit would do, takes it, and takes a row that Shift has collected', () => {
    const { press, told } = walker('draw');
    press('ArrowRight');
    press('ArrowRight');
    expect(told.at(-1)).toEqual({ units: [1], phase: 'drag' });
    press('Enter');
    expect(told.at(-1)).toEqual({ units: [1], phase: 'end' });
    press('ArrowRight', true);
    press('ArrowRight', true);
    expect(told.at(-1)).toEqual({ units: [1, 2, 3], phase: 'drag' });
    press(' ');
    expect(told.at(-1)).toEqual({ units: [1, 2, 3], phase: 'end' });
  });

  it('takes the preview back when it goes elsewhere, and nothing twice', () => {
    const { press, walk, told, at } = walker('draw');
    press('ArrowRight');
    press('Escape');
    expect(told.at(-1)).toEqual({ units: [], phase: 'cancel' });
    expect(at()).toBeNull();
    const before = told.length;
    walk.leave();
    expect(told).toHaveLength(before);
  });

  it('looks at units with the pick tool, and leaves the keys alone without one', () => {
    const pick = walker('pick');
    pick.press('ArrowRight');
    pick.press('Enter');
    expect([pick.picked, pick.told]).toEqual([[0], []]);
    const none = walker('none');
    none.press('ArrowRight');
    expect(none.at()).toBeNull();
  });
});
