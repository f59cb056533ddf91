import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { bundleNames, LABELS_FILE, LWC_DIR } from './paths.ts';

/** One text of a bundle: its name among the custom labels of the org, its key in `texts` and its English words. */
export interface Label {
  readonly name: string;
  readonly key: string;
  readonly text: string;
}

/** Salesforce: a label's name has 80 characters at most, its value 1,000, its short description 80. */
const NAME_LENGTH = 80;
const TEXT_LENGTH = 1000;

export const textsFile = (bundle: string, lwcDir = LWC_DIR): string => join(lwcDir, bundle, 'texts.ts');
export const isTexts = (source: string): boolean => basename(source) === 'texts.ts';

/** The texts of a bundle in the order of its `texts.ts`. @throws where a text is none, or is too long for a label */
export function labelsOf(source: string): Label[] {
  const bundle = basename(dirname(source));
  const file = ts.createSourceFile(source, readFileSync(source, 'utf8'), ts.ScriptTarget.Latest, true);
  const labels: Label[] = [];
  const visit = (node: ts.Node): void => {
    if (!ts.isPropertyAssignment(node)) return ts.forEachChild(node, visit);
    const key = node.name.getText();
    if (!ts.isStringLiteral(node.initializer)) throw new Error(`${source}: ${key} is not a plain text.`);
    labels.push({ name: `Bailiwick_${bundle}_${key}`, key, text: node.initializer.text });
  };
  visit(file);
  for (const { name, text } of labels) {
    if (!/^[A-Za-z]\w*$/.test(name) || /__|_$/.test(name) || name.length > NAME_LENGTH)
      throw new Error(`${source}: ${name} is no name of a custom label.`);
    if (text.trim() !== text || text === '' || text.length > TEXT_LENGTH)
      throw new Error(`${source}: the text of ${name} is empty, too long, or begins or ends with a space.`);
  }
  return labels;
}

/** The JavaScript of a bundle's texts in an org: each by its custom label. */
export function labelModule(labels: readonly Label[]): string {
  const imports = labels.map(({ name, key }) => `import _${key} from '@salesforce/label/c.${name}';`);
  const members = labels.map(({ key }) => `  ${key}: _${key},`);
  return [...imports, 'export const texts = {', ...members, '};', ''].join('\n');
}

export const allLabels = (lwcDir = LWC_DIR): Label[] =>
  bundleNames(lwcDir)
    .map((bundle) => textsFile(bundle, lwcDir))
    .filter((file) => existsSync(file))
    .flatMap(labelsOf);

/** The custom labels of the package, in English; translations are made in the org's Translation Workbench. */
export function writeLabels(lwcDir = LWC_DIR, file = LABELS_FILE): void {
  const labels = allLabels(lwcDir).sort((a, b) => (a.name < b.name ? -1 : 1));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata">',
      ...labels.map(labelXml),
      '</CustomLabels>',
      '',
    ].join('\n'),
  );
}

function labelXml({ name, text }: Label): string {
  const [, bundle] = name.split('_');
  return [
    '    <labels>',
    `        <fullName>${name}</fullName>`,
    `        <categories>${bundle}</categories>`,
    '        <language>en_US</language>',
    '        <protected>false</protected>',
    `        <shortDescription>${escaped(text.slice(0, NAME_LENGTH).trim())}</shortDescription>`,
    `        <value>${escaped(text)}</value>`,
    '    </labels>',
  ].join('\n');
}

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark]!);
