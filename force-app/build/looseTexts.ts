import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelsOf, textsFile } from './labels.ts';
import { bundleNames, filesBelow, LWC_DIR, MAP_DIR } from './paths.ts';

/** A comment, a tag, or what stands between tags. */
const PART = /(<!--[\s\S]*?-->)|(<[a-zA-Z/](?:[^>"']|"[^"]*"|'[^']*')*>)|([^<]+)/g;
/** Attributes that people read or hear. */
const SPOKEN =
  /\s(?:aria-label|label|title|placeholder|alternative-text|heading|field-level-help|[a-z]+-label|[a-z]+-text)="([^"]*)"/g;
/** API names stand as they are. */
const API_NAME = /^\w+__c$/;

/** Words that a template says itself and that no label can translate. */
export function looseTexts(markup: string): string[] {
  return [...markup.matchAll(PART)].flatMap(([, , tag, text]) => {
    const said = tag ? [...tag.matchAll(SPOKEN)].map(([, value]) => value!) : [(text ?? '').replace(/\{[^}]*\}/g, '')];
    return said.map((words) => words.trim()).filter((words) => /[A-Za-z]{2,}/.test(words) && !API_NAME.test(words));
  });
}

/** The map names its words, also by a key in a table of looks. */
const saidByMap = (key: string, source: string): boolean => new RegExp(`\\bwords\\.${key}\\b|'${key}'`).test(source);

const saidByBundle = (key: string, source: string): boolean => new RegExp(`\\btexts\\.${key}\\b`).test(source);

/** Per bundle: words that stand in its markup, and texts that nothing of it says. A sentence each. */
export function textProblems(lwcDir = LWC_DIR): string[] {
  return bundleNames(lwcDir).flatMap((bundle) => {
    const files = filesBelow(join(lwcDir, bundle));
    const loose = files
      .filter((file) => file.endsWith('.html'))
      .flatMap((file) => looseTexts(readFileSync(file, 'utf8')).map((words) => `${bundle}: “${words}” is no label`));
    const texts = textsFile(bundle, lwcDir);
    if (!existsSync(texts)) return loose;
    const isOfMap = bundle === 'mapWords';
    const sources = (isOfMap ? filesBelow(MAP_DIR) : files).filter(
      (file) => file !== texts && /\.(ts|html)$/.test(file),
    );
    const all = sources.map((file) => readFileSync(file, 'utf8')).join('\n');
    const unsaid = labelsOf(texts).filter(({ key }) => !(isOfMap ? saidByMap : saidByBundle)(key, all));
    return [...loose, ...unsaid.map(({ key }) => `${bundle}: nothing says texts.${key}`)];
  });
}
