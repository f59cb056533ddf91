import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleNames, filesBelow, LWC_DIR } from './paths.ts';

/** Names that a template declares itself: items and indices of its loops. */
const DECLARED = /(?:for:item|for:index)="(\w+)"|iterator:(\w+)=/g;
/** The first name of every expression; `{view.plan.name}` asks for `view`. */
const USED = /\{([A-Za-z_$][\w$]*)[.}]/g;
/** A member of a class body: a field, an accessor or a method, in the indentation of the class. */
const MEMBER =
  /^ {2}(?:@api )?(?:(?:private|protected|public|readonly|static|async|get|set|declare) )*([A-Za-z_$][\w$]*)(?: ?[=:(;!?<])/gm;

/**
 * What templates ask of their class and the class does not have: the compiler lets it pass, and the page breaks when it is
 * shown. A sentence each.
 */
export function strayTemplateNames(): string[] {
  return bundleNames().flatMap((bundle) => {
    const script = join(LWC_DIR, bundle, `${bundle}.ts`);
    if (!existsSync(script)) return [];
    const members = new Set([...readFileSync(script, 'utf8').matchAll(MEMBER)].map(([, name]) => name!));
    return filesBelow(join(LWC_DIR, bundle))
      .filter((file) => file.endsWith('.html'))
      .flatMap((file) => stray(readFileSync(file, 'utf8'), members).map((name) => `${bundle}: {${name}}`));
  });
}

/** Exported for its test: names in the markup that neither the class nor the markup declares. */
export function stray(markup: string, members: ReadonlySet<string>): string[] {
  const declared = new Set([...markup.matchAll(DECLARED)].map(([, item, iterator]) => (item ?? iterator)!));
  const used = new Set([...markup.matchAll(USED)].map(([, name]) => name!));
  return [...used].filter((name) => !declared.has(name) && !members.has(name));
}
