import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 300;

const PURE = ['@turf/', 'delaunator', 'topojson-client', 'topojson-server', 'flatbush'];
const SLICES = ['claims', 'geography', 'alignments', 'insights', 'accounts', 'sync', 'planning', 'registry'];

/** Room → what else of the house it may import, and which packages it must not touch. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  store: ['core'],
  intake: ['core', 'store', 'http'],
  http: ['core'],
  jobs: ['core'],
  roads: ['core'],
  org: ['core'],
  ...Object.fromEntries(SLICES.map((slice) => [slice, ['core', 'store', 'jobs', 'http', 'intake']])),
  sync: ['core', 'store', 'jobs', 'http', 'org'],
  accounts: ['core', 'store', 'jobs', 'http', 'org'],
};

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesBelow(file) : [file];
  });
}

const sources = ['service', 'force-app', 'test']
  .flatMap(filesBelow)
  .filter((file) => /\.(ts|mjs|cjs|html|cls|css)$/.test(file));
const service = sources.filter((file) => file.startsWith('service/') && file.endsWith('.ts'));

function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** Room of a file below service/: its folder, or '' for the files beside main.ts. */
function roomOf(file: string): string {
  const [, room = '', rest] = file.split('/');
  return rest === undefined ? '' : room;
}

function target(file: string, specifier: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
}

describe('rooms', () => {
  for (const file of service) {
    const room = roomOf(file);
    const allowed = MAY_IMPORT[room];
    if (!allowed) continue;
    test(`${file} imports only what its room may`, () => {
      const wrong = imports(file).filter((specifier) => {
        if (!specifier.startsWith('.')) return false;
        const other = roomOf(target(file, specifier));
        return other !== room && !allowed.includes(other);
      });
      expect(wrong).toEqual([]);
    });
  }

  test('core is pure', () => {
    const wrong = service
      .filter((file) => roomOf(file) === 'core')
      .flatMap((file) =>
        imports(file)
          .filter((name) => !name.startsWith('.') && !PURE.some((pure) => name.startsWith(pure)))
          .map((name) => `${file}: ${name}`),
      );
    expect(wrong).toEqual([]);
    for (const file of service.filter((name) => roomOf(name) === 'core')) {
      const code = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(/Math\.random|Date\.now|new Date\(|process\.|setTimeout/.test(code), file).toBe(false);
    }
  });

  test('only org knows jsforce, and nothing imports local', () => {
    for (const file of service) {
      const room = roomOf(file);
      if (room !== 'org' && room !== 'local')
        expect(
          imports(file).filter((name) => name.startsWith('jsforce')),
          file,
        ).toEqual([]);
      if (room !== 'local') {
        expect(
          imports(file).filter((name) => name.startsWith('.') && roomOf(target(file, name)) === 'local'),
          file,
        ).toEqual([]);
      }
    }
  });

  test('Lightning components reach the service only through c/bailiwick', () => {
    const lwc = sources.filter(
      (file) => file.startsWith('force-app/main/default/lwc/') && file.endsWith('.ts') && !file.includes('__tests__'),
    );
    for (const file of lwc)
      expect(
        imports(file).filter((name) => /service\/|leaflet|force-app\/map/.test(name)),
        file,
      ).toEqual([]);
  });
});

describe('files', () => {
  test(`none is longer than ${MAX_LINES} lines`, () => {
    const long = sources
      .filter((file) => statSync(path.join(root, file)).isFile() && !/\/lwc\/.*\.js$/.test(file))
      .map((file) => ({ file, lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  test('the top level is as decided', () => {
    const allowed = [
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'sfdx-project.json',
      'force-app',
      'service',
      'test',
      'README.md',
      'node_modules',
    ];
    const extra = readdirSync(root).filter(
      (name) => !name.startsWith('.') && !/^tsconfig\..*json$/.test(name) && !allowed.includes(name),
    );
    expect(extra).toEqual([]);
  });

  test('there are no drawers', () => {
    expect(sources.filter((file) => /\/(utils|types|helpers|index)\.ts$/.test(file))).toEqual([]);
  });
});
