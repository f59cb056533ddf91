/** What the Lightning platform provides at run time, as far as our components use it. */
declare module '@salesforce/resourceUrl/*' {
  const url: string;
  export default url;
}
declare module '@salesforce/user/Id' {
  const id: string;
  export default id;
}
declare module '@salesforce/i18n/locale' {
  const locale: string;
  export default locale;
}
declare module '@salesforce/i18n/timeZone' {
  const timeZone: string;
  export default timeZone;
}
declare module '@salesforce/client/formFactor' {
  const formFactor: 'Large' | 'Medium' | 'Small';
  export default formFactor;
}
declare module '@salesforce/customPermission/*' {
  const granted: boolean | undefined;
  export default granted;
}
declare module '@salesforce/apex/*' {
  const method: (params?: object) => Promise<unknown>;
  export default method;
}
declare module 'lightning/navigation' {
  import type { LightningElement, WireAdapterConstructor } from 'lwc';
  interface PageReference {
    type: string;
    attributes?: object;
    state?: object;
  }
  export const CurrentPageReference: WireAdapterConstructor<Record<string, never>, PageReference | null>;
  interface Navigation {
    [NavigationMixin.Navigate](page: PageReference, replace?: boolean): void;
    [NavigationMixin.GenerateUrl](page: PageReference): Promise<string>;
  }
  export const NavigationMixin: {
    <T extends typeof LightningElement>(base: T): new () => LightningElement & Navigation;
    readonly Navigate: unique symbol;
    readonly GenerateUrl: unique symbol;
  };
}
declare module 'lightning/actions' {
  export class CloseActionScreenEvent extends CustomEvent<unknown> {
    constructor();
  }
}
declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(toast: {
      title: string;
      message?: string;
      variant?: 'info' | 'success' | 'warning' | 'error';
      mode?: 'dismissible' | 'pester' | 'sticky';
    });
  }
}
declare module 'lightning/platformResourceLoader' {
  import type { LightningElement } from 'lwc';
  export function loadScript(component: LightningElement, url: string): Promise<void>;
  export function loadStyle(component: LightningElement, url: string): Promise<void>;
}
declare module 'lightning/uiRecordApi' {
  import type { WireAdapterConstructor } from 'lwc';
  export const getRecord: WireAdapterConstructor<
    { recordId?: string; fields: string[] },
    { data?: unknown; error?: unknown }
  >;
  export function getFieldValue(record: unknown, field: string): unknown;
  export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
}
