import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCommand } from '../../service/planCheck.ts';
import { optimizeCommand } from '../../service/planCommands.ts';
import { squareTexts } from '../kit/planTexts.ts';

let dir = '';
const at = (name: string) => path.join(dir, name);
const text = (name: string) => readFileSync(at(name), 'utf8');
const measures = ['--measure', 'hours:0.1', '--measure', 'dollars:0.1'];
const files = () => ['--units', at('units.csv'), '--edges', at('edges.csv')];
const optimize = (out: string, ...more: string[]) =>
  optimizeCommand([...files(), ...measures, '--effort', '0.05', '--json', '--out', at(out), ...more]);
const check = (out: string, ...more: string[]) => checkCommand([at(out), ...files(), ...more]);

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-plan-'));
  const { units, edges } = squareTexts({ size: 10 });
  // one unit holds a third of a territory, in six accounts
  const grown = units.replace(/^(u44,[^,]+,[^,]+),.*$/m, '$1,24,24');
  const accounts = Array.from({ length: 6 }, (_, i) => `a${i},u44,4,3.5`);
  writeFileSync(at('units.csv'), grown);
  writeFileSync(at('edges.csv'), edges);
  writeFileSync(at('accounts.csv'), `account,unit,hours,dollars\n${accounts.join('\n')}\n`);
  writeFileSync(at('rules.csv'), 'rule,a,b,value\nforbid,u0,T01,\n');
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('optimize and check', () => {
  test('write files that are the same bytes with one worker or two, and that hold', async () => {
    await optimize('one', '--k', '4', '--workers', '1', '--seed', '7');
    await optimize('two', '--k', '4', '--workers', '2', '--seed', '7');
    for (const name of ['plan.csv', 'plan.json']) expect(text(`two/${name}`)).toBe(text(`one/${name}`));
    expect(existsSync(at('one/overrides.csv'))).toBe(false);
    const { ok, text: said } = await check('one');
    expect(said).toBe('The plan holds: 100 units checked.\n');
    expect(ok).toBe(true);
  });

  test('with accounts and rules: the check needs the same files', async () => {
    const more = ['--accounts', at('accounts.csv'), '--rules', at('rules.csv')];
    await optimize('split', '--k', '12', ...more);
    expect(await check('split', ...more)).toMatchObject({ ok: true });
    expect(text('split/overrides.csv')).toMatch(/^account,territory\na\d,T\d\d\n/);
    const without = await check('split', '--rules', at('rules.csv'));
    expect(without.ok).toBe(false);
    expect(without.text).toContain('made from other inputs');
    await optimize('split', '--k', '4');
    expect(existsSync(at('split/overrides.csv'))).toBe(false);
  });

  test('a corrupted file is refused with a sentence', async () => {
    await optimize('bad', '--k', '4');
    const plan = text('bad/plan.json');
    writeFileSync(at('bad/plan.json'), plan.replace('"objective": ', '"objective": 1'));
    expect((await check('bad')).text).toContain('The objective is');
    writeFileSync(at('bad/plan.json'), plan.slice(0, -10));
    await expect(check('bad')).rejects.toThrow('plan.json cannot be read');
    writeFileSync(at('bad/plan.json'), plan);
    writeFileSync(at('bad/plan.csv'), text('bad/plan.csv').replace('territory', 'owner'));
    await expect(check('bad')).rejects.toThrow('plan.csv has the columns unit, owner.');
    rmSync(at('bad/plan.csv'));
    await expect(check('bad')).rejects.toThrow('cannot be read');
  });

  test.each([
    [['--k', 'many'], '--k is many.'],
    [['--k', '0'], '--k is 0.'],
    [['--k', '4', '--seed=-1'], '--seed is -1.'],
    [['--k', '4', '--effort', '0'], '--effort is 0.'],
    [['--k', '4', '--effort', '1e9'], '--effort is 1e9.'],
    [['--k', '4', '--workers', '0'], '--workers is 0.'],
    [['--k', '4', '--preset', 'best'], 'There is no preset "best".'],
    [['--k', '4', '--preset', 'balanced', '--disruption', '3'], 'Both --preset and --disruption are given.'],
    [['--k', '4', '--disruption=-3'], '--disruption is -3.'],
    [['--k', '4', '--measure', 'hours'], '--measure hours is not NAME:TOLERANCE.'],
    [['--k', '4', '--measure', 'hours:0'], '--measure hours:0 is not NAME:TOLERANCE.'],
    [['--k', '4', '--rules', 'nowhere.csv'], 'The rules file nowhere.csv cannot be read'],
    [['--k', '101'], '101 territories cannot be made of 100 units.'],
  ])('%j is refused', async (flags, message) => {
    await expect(optimize('none', ...flags)).rejects.toThrow(message);
    expect(existsSync(at('none'))).toBe(false);
  });
});
