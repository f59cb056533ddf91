/** What is known around a text: whatever is left out is not checked. */
export interface TextWorld {
  readonly team?: { readonly id: string; readonly name: string };
  readonly geography?: {
    readonly key: string;
    readonly units: ReadonlySet<string>;
    /** ZIPs without an area → the unit that they go with. */
    readonly parents: Readonly<Record<string, string>>;
  };
  /** Names of the territories that a plan of the team may have, by id; `needed` are those that it must have. */
  readonly territories?: { readonly known: ReadonlyMap<string, string>; readonly needed: ReadonlySet<string> };
}
