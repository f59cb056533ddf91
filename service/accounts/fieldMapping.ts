import { BailiwickError } from '../core/errors.ts';
import type { CrmMapping } from '../org/mapping.ts';
import type { Candidate } from '../org/mappingGuess.ts';
import type { Org } from '../org/org.ts';
import type { Store } from '../store/store.ts';
import { dropMapping, savedMapping, saveMapping } from './mappingStore.ts';

/** Sample values that a screen shows beside a candidate. */
const VALUES_SHOWN = 8;

export interface FieldMappingDeps {
  readonly store: Store;
  readonly org: Pick<Org, 'orgId' | 'mapping' | 'useMapping' | 'suggestMapping' | 'checkMapping'>;
  readonly now: () => Date;
  /** Everything that was read under the former mapping is read again. */
  forget(): void;
}

interface Person {
  readonly userId: string;
  readonly name: string;
}

const shown = (lists: Readonly<Record<string, readonly Candidate[]>>) =>
  Object.fromEntries(
    Object.entries(lists).map(([role, candidates]) => [
      role,
      candidates.map(({ sample, ...candidate }) => ({
        ...candidate,
        rowsRead: sample?.rows ?? null,
        filled: sample?.filled ?? null,
        values: sample?.values.slice(0, VALUES_SHOWN) ?? [],
      })),
    ]),
  );

/** Which CRM fields hold what: guessed, shown, confirmed, saved, and checked at every start. */
export function createFieldMapping({ store, org, now, forget }: FieldMappingDeps) {
  async function view() {
    const [saved, guess, mapping] = [
      await savedMapping(store, org.orgId),
      await org.suggestMapping(),
      await org.mapping(),
    ];
    return {
      state: saved ? ('confirmed' as const) : ('guessed' as const),
      mapping,
      saved: saved?.mapping ?? null,
      savedByName: saved?.byName ?? null,
      savedAt: saved?.at.toISOString() ?? null,
      problems: saved ? await org.checkMapping(saved.mapping) : [],
      guess: {
        mapping: guess.mapping,
        account: shown(guess.account),
        user: shown(guess.user),
        classes: guess.classes,
      },
    };
  }

  /** @throws BailiwickError bad_request naming every field that does not fit */
  async function confirm(by: Person, mapping: CrmMapping) {
    const problems = await org.checkMapping(mapping);
    if (problems.length > 0)
      throw new BailiwickError('bad_request', problems.map(({ message }) => message).join(' '), {
        action: problems[0]?.action ?? 'Choose other fields.',
        details: problems,
      });
    await saveMapping(store, org.orgId, { mapping, byId: by.userId, byName: by.name, at: now() });
    org.useMapping(mapping);
    forget();
    return view();
  }

  /** Back to the guess. */
  async function reset() {
    await dropMapping(store, org.orgId);
    org.useMapping(null);
    forget();
    return view();
  }

  /** Takes the confirmed mapping up; what of it no longer fits is told, and the service works without it. */
  async function start(log: (message: string) => void): Promise<void> {
    const saved = await savedMapping(store, org.orgId);
    if (!saved) return;
    org.useMapping(saved.mapping);
    for (const { role, message, action } of await org.checkMapping(saved.mapping))
      log(`Field mapping, ${role}: ${message} ${action}`);
  }

  return { view, confirm, reset, start };
}

export type FieldMapping = ReturnType<typeof createFieldMapping>;
