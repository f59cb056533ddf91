/** The event on which Lightning's page closes the box of a quick action. */
export class CloseActionScreenEvent extends CustomEvent<unknown> {
  constructor() {
    super('lightning__actionsclosescreen', { bubbles: true, composed: true });
  }
}
