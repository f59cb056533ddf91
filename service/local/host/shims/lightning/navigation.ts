import { context } from '../runtime.ts';

interface PageReference {
  type: string;
  attributes?: { url?: string; recordId?: string; objectApiName?: string; apiName?: string; pageName?: string };
  state?: Record<string, string>;
}
type Constructor = new (...parameters: never[]) => object;

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

function urlOf({ type, attributes = {}, state = {} }: PageReference): string {
  const query = new URLSearchParams(state).toString();
  const suffix = query === '' ? '' : `?${query}`;
  if (type === 'standard__webPage') return attributes.url ?? '/';
  if (type === 'standard__recordPage')
    return `/lightning/r/${attributes.objectApiName}/${attributes.recordId}/view${suffix}`;
  if (type === 'standard__namedPage') return `/lightning/page/${attributes.pageName ?? 'home'}${suffix}`;
  return `/lightning/app/territories${suffix}`;
}

export const NavigationMixin = Object.assign(
  (Base: Constructor) =>
    class extends Base {
      [Navigate](page: PageReference): void {
        globalThis.location.assign(urlOf(page));
      }
      [GenerateUrl](page: PageReference): Promise<string> {
        return Promise.resolve(urlOf(page));
      }
    },
  { Navigate, GenerateUrl },
);

/** Wire adapter: the page and the `c__…` parameters of its address. */
export class CurrentPageReference {
  constructor(emit: (page: PageReference) => void) {
    const state = Object.fromEntries(new URLSearchParams(globalThis.location.search));
    emit({ type: context.page.type, state });
  }
  connect(): void {}
  disconnect(): void {}
  update(): void {}
}
