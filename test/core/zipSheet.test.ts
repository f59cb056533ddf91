import { describe, expect, test } from 'vitest';
import { readZipSheet, sheetParts, type SheetTable, type SheetWorld } from '../../service/core/zipSheet.ts';

const table = (text: string, name = 'sheet.csv'): SheetTable => {
  const [header = '', ...lines] = text.trim().split('\n');
  return {
    name,
    header: header.split(','),
    rows: lines.map((line, i) => ({ line: i + 2, cells: line.split(',').map((cell) => (cell === '' ? null : cell)) })),
  };
};
const world: SheetWorld = {
  whyNot: (zip) => (zip.startsWith('99') ? 'no such ZIP' : null),
  layerOf: (territory) => (/^(East|West|T\d)/.test(territory) ? 'sales' : /^Clin/.test(territory) ? 'clinical' : null),
};
const read = (...texts: string[]) =>
  readZipSheet(
    texts.map((text) => table(text)),
    world,
  );
const given = (sheet: ReturnType<typeof read>) => sheet.assignments.map(({ zip, territory }) => `${zip} ${territory}`);

describe('a ZIP sheet', () => {
  test('zip,territory: repetitions, contradictions, unknown ZIPs and lost zeros are told line by line', () => {
    const sheet = read(
      'ZIP,Territory\n02115,East\n2116,East\n02115,East\n02115,West\n99999,East\n02117,Nowhere\n,East\n02118,\nabc,East',
    );
    expect(given(sheet)).toEqual(['02115 East', '02116 East']);
    expect(sheet.setAside.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'the same ZIP and territory once more'],
      [5, 'the ZIP has another territory in an earlier row'],
      [6, 'no such ZIP'],
      [7, 'no such territory'],
      [8, 'no ZIP'],
      [9, 'no territory'],
      [10, 'not a ZIP'],
    ]);
    expect(sheet.repaired.map(({ line }) => line)).toEqual([3]);
    expect(sheet.rowsRead).toBe(9);
  });

  test('territory_id,name,postal_code in any order: an id nobody knows is found by its name', () => {
    expect(given(read('postal_code,name,territory_id\n02115,East,0MI1\n02116-1234,West,0MI2'))).toEqual([
      '02115 East',
      '02116 West',
    ]);
  });

  test('several territories in a cell: one for each team', () => {
    const sheet = read('Name,Territory_vod__c\n02115,;East;Clin 1;\n02116,;East;West;');
    expect(given(sheet)).toEqual(['02115 East', '02115 Clin 1', '02116 East']);
    expect(sheet.repaired).toEqual([
      {
        line: 3,
        reason: 'one territory of several left out: the ZIP has another territory in the same row',
        found: '02116 ;East;West;',
      },
    ]);
  });

  test('two tables: ZIPs with ids beside ids with names', () => {
    const sheet = read('zip,territory\n02115,A1\n02116,A2', 'id,name\nA1,East\nA2,West');
    expect(given(sheet)).toEqual(['02115 East', '02116 West']);
    expect(sheet.rowsRead).toBe(2);
  });

  test('a table without ZIPs or without territories is none', () => {
    expect(sheetParts([table('a,b\nx,y')]).zips).toEqual([]);
    expect(sheetParts([table('zip,population\n02115,7')]).zips).toEqual([]);
  });
});
