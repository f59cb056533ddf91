import type { Org } from '../../../service/org/org.ts';
import type { Store } from '../../../service/store/store.ts';

/** A process that dies at one of its calls: from then on nothing that it called ever comes back, and it does nothing more. */
export class Mortal {
  #left: number;
  readonly #when: 'before' | 'after';
  #die: () => void = () => undefined;
  readonly died: Promise<void>;

  /** Dies at this many calls of the CRM or transactions of the store, before or after that call is carried out. */
  constructor(calls: number, when: 'before' | 'after') {
    this.#left = calls;
    this.#when = when;
    this.died = new Promise((done) => (this.#die = done));
  }

  get isDead(): boolean {
    return this.#left <= 0;
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    const never = new Promise<never>(() => undefined);
    if (this.isDead) return never;
    this.#left--;
    if (!this.isDead) return work();
    if (this.#when === 'after') await work().catch(() => undefined);
    this.#die();
    return never;
  }

  org(org: Org): Org {
    return new Proxy(org, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function' || name === 'budget' || name === 'forgetAccess') return value;
        return (...values: unknown[]) =>
          this.#call(() => (value as (...all: unknown[]) => Promise<unknown>)(...values));
      },
    });
  }

  store(store: Store): Store {
    return {
      get db() {
        return store.db;
      },
      transaction: (work) => this.#call(() => store.transaction(work)),
      close: () => store.close(),
    };
  }
}
