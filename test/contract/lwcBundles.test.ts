import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { transformSync } from '@lwc/compiler';
import { buildForceApp } from '../../force-app/build/build.ts';
import { missingParts } from '../../force-app/build/checkBundles.ts';
import { rewriteStyleWrites } from '../../force-app/build/mapResource.ts';
import { bundleNames, filesBelow, LABELS_FILE, LWC_DIR } from '../../force-app/build/paths.ts';
import { looseTexts, textProblems } from '../../force-app/build/looseTexts.ts';
import { allLabels } from '../../force-app/build/labels.ts';
import { stray, strayTemplateNames } from '../../force-app/build/templateNames.ts';

beforeAll(async () => void (await buildForceApp()));

describe('Lightning bundles', () => {
  it('are whole: script, markup, metadata, static resources', () => {
    expect(missingParts()).toEqual([]);
  });

  it('ask in their markup only for what their class has', () => {
    expect(strayTemplateNames()).toEqual([]);
    const markup = '<template for:each={rows} for:item="row"><p key={row.id}>{parts.names} {view.name}</p></template>';
    expect(stray(markup, new Set(['rows', 'view']))).toEqual(['parts']);
  });

  it('say in their markup nothing that is no custom label of the org', () => {
    expect(textProblems()).toEqual([]);
    const markup =
      '<template><!-- why --><c-box label="Territory" empty-text={texts.none}>of {size}</c-box></template>';
    expect(looseTexts(markup)).toEqual(['Territory', 'of']);
  });

  it('say each text by its label, and the labels hold the English words', () => {
    const labels = allLabels();
    expect(new Set(labels.map(({ name }) => name)).size).toBe(labels.length);
    const xml = readFileSync(LABELS_FILE, 'utf8');
    expect(xml.match(/<fullName>/g)).toHaveLength(labels.length);
    expect(xml).toContain('<value>Account owner becomes the territory’s rep</value>');
    const script = readFileSync(join(LWC_DIR, 'publishOptions/texts.js'), 'utf8');
    expect(script).toContain("import _howToWrite from '@salesforce/label/c.Bailiwick_publishOptions_howToWrite';");
    expect(script).not.toContain('How to write');
  });

  it.each(bundleNames())('%s compiles without a warning', (name) => {
    const files = filesBelow(join(LWC_DIR, name)).filter((file) => ['.js', '.html', '.css'].includes(extname(file)));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { warnings = [] } = transformSync(readFileSync(file, 'utf8'), basename(file), { name, namespace: 'c' });
      expect(warnings.map(({ message }) => message)).toEqual([]);
    }
  });

  it('build again at once when nothing changed', async () => {
    expect(await buildForceApp()).toEqual({ bundles: 'cached', map: 'cached' });
  });

  it('build HTML from no record: no component writes innerHTML', () => {
    const sources = bundleNames().flatMap((name) =>
      filesBelow(join(LWC_DIR, name)).filter((file) => file.endsWith('.ts')),
    );
    expect(sources.filter((file) => /innerHTML|outerHTML|insertAdjacentHTML/.test(readFileSync(file, 'utf8')))).toEqual(
      [],
    );
  });
});

describe('map resource', () => {
  it('leaves no plain style write of Leaflet: Lightning Web Security may lose them silently', () => {
    const leaflet = join(
      dirname(createRequire(import.meta.url).resolve('leaflet/package.json')),
      'dist/leaflet-src.esm.js',
    );
    const before = readFileSync(leaflet, 'utf8');
    const write = /\.style(\.\w+|\[\w+\])\s*=(?!=)/g;
    expect(before.match(write)?.length).toBeGreaterThan(30);
    expect(rewriteStyleWrites(before).match(write)).toBeNull();
  });
});
