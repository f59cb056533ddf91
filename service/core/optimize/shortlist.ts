/** The few smallest of many keys and whose they are, smallest first; of equal ones the one that was offered first. */
export class Shortlist {
  readonly who: Int32Array;
  readonly keys: Float64Array;
  private count = 0;

  constructor(length: number) {
    this.who = new Int32Array(length);
    this.keys = new Float64Array(length);
    this.clear();
  }

  clear(): void {
    this.count = 0;
    this.keys.fill(Infinity);
  }

  /** What a key must be below to be taken; Infinity while there is room. */
  get limit(): number {
    return this.keys[this.keys.length - 1]!;
  }

  offer(key: number, j: number): void {
    const { keys, who } = this;
    if (key >= this.limit) return;
    let at = this.count < keys.length ? this.count++ : keys.length - 1;
    for (; at > 0 && keys[at - 1]! > key; at--) {
      keys[at] = keys[at - 1]!;
      who[at] = who[at - 1]!;
    }
    keys[at] = key;
    who[at] = j;
  }
}
