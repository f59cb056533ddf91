/** The event that Lightning's page turns into a toast. */
export class ShowToastEvent extends CustomEvent<unknown> {
  constructor(detail: unknown) {
    super('lightning__showtoast', { bubbles: true, composed: true, cancelable: true, detail });
  }
}
