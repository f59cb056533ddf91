/** A binary heap of units: the one with the smallest key comes first, ties by the lower unit. */
export class Nearest {
  private readonly units: number[] = [];
  private readonly keys: number[] = [];

  push(unit: number, key: number): void {
    let at = this.units.length;
    this.units.push(unit);
    this.keys.push(key);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.isBefore(at, up)) break;
      this.swap(at, up);
      at = up;
    }
  }

  /** Takes the first out; undefined when empty. */
  pop(): number | undefined {
    const first = this.units[0];
    if (first === undefined) return undefined;
    this.swap(0, this.units.length - 1);
    this.units.pop();
    this.keys.pop();
    for (let at = 0; ;) {
      let least = at;
      for (const down of [2 * at + 1, 2 * at + 2])
        if (down < this.units.length && this.isBefore(down, least)) least = down;
      if (least === at) return first;
      this.swap(at, least);
      at = least;
    }
  }

  private isBefore(a: number, b: number): boolean {
    return this.keys[a]! < this.keys[b]! || (this.keys[a] === this.keys[b] && this.units[a]! < this.units[b]!);
  }

  private swap(a: number, b: number): void {
    [this.units[a], this.units[b]] = [this.units[b]!, this.units[a]!];
    [this.keys[a], this.keys[b]] = [this.keys[b]!, this.keys[a]!];
  }
}
