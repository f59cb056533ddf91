import { describe, expect, it } from 'vitest';
import { rightsChecks, worst, type Rights } from '../../service/core/setupCheck.ts';

const need = { object: 'Thing', label: 'Things', create: ['A'], update: ['B'], read: ['C'], isDeleted: true };
const rights = (more: Partial<Rights> = {}): Rights => ({
  createable: true,
  updateable: true,
  deletable: true,
  fields: new Map(['A', 'B', 'C'].map((name) => [name, { createable: true, updateable: true }])),
  ...more,
});
const told = (given: Rights | null, more = {}) =>
  rightsChecks({ ...need, ...more }, given).map(({ name, state, what }) => [name, state, what]);

describe('rights of the integration user', () => {
  it('is one good line where everything is there', () => {
    expect(told(rights())).toEqual([['object Thing', 'ok', 'Things: every right that is needed is there.']]);
  });
  it('names what is missing of the object and of each field', () => {
    expect(told(null)).toEqual([['object Thing', 'bad', expect.stringContaining('may not see Thing')]]);
    expect(told(rights({ createable: false, deletable: false }))).toEqual([
      ['object Thing', 'bad', 'The integration user may not create, delete Things.'],
    ]);
    const fields = new Map([
      ['A', { createable: false, updateable: true }],
      ['B', { createable: true, updateable: false }],
    ]);
    expect(told(rights({ fields })).map(([name, , what]) => [name, what])).toEqual([
      ['field Thing.C', 'The integration user may not read Thing.C.'],
      ['field Thing.A', 'The integration user may not set Thing.A.'],
      ['field Thing.B', 'The integration user may not edit Thing.B.'],
    ]);
  });
  it('warns only where the product can do without', () => {
    const [line] = rightsChecks({ ...need, without: 'Then this rests.' }, null);
    expect(line).toMatchObject({ state: 'warn', what: expect.stringContaining('Then this rests.') });
    expect(line!.click).toContain('Setup →');
  });
  it('is as bad as the worst', () => {
    const line = (state: 'ok' | 'warn' | 'bad') => ({ name: '', title: '', state, what: '', click: null });
    expect([worst([]), worst([line('ok'), line('warn')]), worst([line('bad'), line('ok')])]).toEqual([
      'ok',
      'warn',
      'bad',
    ]);
  });
});
