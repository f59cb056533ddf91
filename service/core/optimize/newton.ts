/** Rounds of conjugate gradients at most; few are needed, because prices act on near territories only. */
const MOST_ROUNDS = 200;
const SMALL = 1e-4;

/** A symmetric matrix that is summed up densely and multiplied sparsely. */
export class Curvature {
  readonly size: number;
  readonly cells: Float64Array;
  private starts: Int32Array;
  private columns: Int32Array = new Int32Array(0);
  private values: Float64Array = new Float64Array(0);

  constructor(size: number) {
    this.size = size;
    this.cells = new Float64Array(size * size);
    this.starts = new Int32Array(size + 1);
  }

  /** Keeps what is not zero. Call after the sums are complete. */
  compress(): void {
    const { size, cells } = this;
    let count = 0;
    for (let at = 0; at < cells.length; at++) if (cells[at] !== 0) count++;
    if (this.columns.length < count) {
      this.columns = new Int32Array(count * 2);
      this.values = new Float64Array(count * 2);
    }
    let next = 0;
    for (let row = 0; row < size; row++) {
      this.starts[row] = next;
      for (let column = 0; column < size; column++) {
        const value = cells[row * size + column]!;
        if (value === 0) continue;
        this.columns[next] = column;
        this.values[next++] = value;
      }
    }
    this.starts[size] = next;
  }

  /** x with (this + diag(extra)) x = b, by conjugate gradients with the diagonal as preconditioner. */
  solve(b: Float64Array, extra: Float64Array): Float64Array {
    const { size, cells } = this;
    const x = new Float64Array(size);
    const rest = b.slice();
    const scaled = new Float64Array(size);
    const towards = new Float64Array(size);
    const image = new Float64Array(size);
    let rho = 0;
    for (let i = 0; i < size; i++) {
      scaled[i] = rest[i]! / (cells[i * size + i]! + extra[i]!);
      towards[i] = scaled[i]!;
      rho += rest[i]! * scaled[i]!;
    }
    const enough = rho * SMALL * SMALL;
    for (let round = 0; round < MOST_ROUNDS && rho > enough; round++) {
      let bend = 0;
      for (let i = 0; i < size; i++) {
        let sum = extra[i]! * towards[i]!;
        for (let at = this.starts[i]!; at < this.starts[i + 1]!; at++)
          sum += this.values[at]! * towards[this.columns[at]!]!;
        image[i] = sum;
        bend += sum * towards[i]!;
      }
      if (!(bend > 0)) break;
      const pace = rho / bend;
      let next = 0;
      for (let i = 0; i < size; i++) {
        x[i]! += pace * towards[i]!;
        rest[i]! -= pace * image[i]!;
        scaled[i] = rest[i]! / (cells[i * size + i]! + extra[i]!);
        next += rest[i]! * scaled[i]!;
      }
      for (let i = 0; i < size; i++) towards[i] = scaled[i]! + (next / rho) * towards[i]!;
      rho = next;
    }
    return x;
  }
}
