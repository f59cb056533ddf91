declare module 'c/territoryWorkbench' {
  import type { LightningElement } from 'lwc';
  const Component: typeof LightningElement;
  export default Component;
}
declare module 'c/reassignAction' {
  import type { LightningElement } from 'lwc';
  const Component: typeof LightningElement;
  export default Component;
}
declare module 'c/accountTerritory' {
  import type { LightningElement } from 'lwc';
  const Component: typeof LightningElement;
  export default Component;
}
declare module 'c/userTerritory' {
  import type { LightningElement } from 'lwc';
  const Component: typeof LightningElement;
  export default Component;
}
declare module '@lwc/synthetic-shadow';
