import { ACCOUNT_CLASSES, type AccountClass, type ClassRule, type DescribedObject } from './mapping.ts';
import type { Samples } from './mappingGuess.ts';
import { CLASS_WORDS } from './mappingRoles.ts';

export interface ClassGuess {
  readonly name: AccountClass;
  readonly rule: ClassRule;
  readonly reason: string;
}

/** The class that a word stands for; a health system is asked for first, a person last. */
const classOfWord = (word: string): AccountClass | undefined =>
  ACCOUNT_CLASSES.find((name) => CLASS_WORDS[name].test(word.replaceAll('_', ' ')));

function byClass(field: string, values: readonly { value: string; told: string }[], reason: string): ClassGuess[] {
  return ACCOUNT_CLASSES.flatMap((name) => {
    const fitting = values.filter(({ told }) => classOfWord(told) === name).map(({ value }) => value);
    return fitting.length > 0 ? [{ name, rule: { field, values: fitting }, reason }] : [];
  });
}

/** Person Accounts are people; record types and the kind say which other records are what. */
export function guessClasses(account: DescribedObject, kind: string | undefined, samples: Samples): ClassGuess[] {
  const found: ClassGuess[] = [];
  const kindField = account.fields.find((field) => field.name === kind);
  if (kindField) {
    const values = kindField.values.length
      ? kindField.values
      : (samples.get(kindField.name)?.values ?? []).map((each) => each.value);
    const told = values.map((value) => ({ value, told: value }));
    found.push(...byClass(kindField.name, told, `The values of ${kindField.label} say so.`));
  }
  if (account.recordTypes.length > 0) {
    const told = account.recordTypes.map(({ developerName, name }) => ({
      value: developerName,
      told: `${developerName} ${name}`,
    }));
    found.push(...byClass('RecordType.DeveloperName', told, 'The names of the record types say so.'));
  }
  if (account.fields.some((field) => field.name === 'IsPersonAccount'))
    found.push({
      name: 'physician',
      rule: { field: 'IsPersonAccount', values: ['true'] },
      reason: 'Person Accounts are people.',
    });
  return found;
}
