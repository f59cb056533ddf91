import highsModule, { type Highs, type ModelData } from 'highs';

// its types describe the CommonJS file, where the loader is `default`; the module that Node loads is the loader itself
const loadHighs = highsModule as unknown as typeof highsModule.default;
let loaded: Promise<Highs> | undefined;

export interface Solved {
  readonly isOptimal: boolean;
  readonly objective: number;
  readonly columns: Float64Array;
  /** Dual of each row, for minimisation: how much the objective rises with the row's bound. */
  readonly duals: Float64Array;
}

/** A linear (or mixed whole-number) model to minimise, built row by row and column by column, solved by HiGHS. */
export class LinearModel {
  private readonly rows: { low: number; high: number }[] = [];
  private readonly costs: number[] = [];
  private readonly low: number[] = [];
  private readonly high: number[] = [];
  private readonly whole: boolean[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];

  row(low: number, high: number): number {
    return this.rows.push({ low, high }) - 1;
  }

  /** @param entries [row, value] of this column, each row once */
  column(
    cost: number,
    entries: readonly (readonly [number, number])[],
    { low = 0, high = Infinity, whole = false } = {},
  ): number {
    for (const [row, value] of entries) {
      if (value === 0) continue;
      this.indices.push(row);
      this.values.push(value);
    }
    this.starts.push(this.indices.length);
    this.low.push(low);
    this.high.push(high);
    this.whole.push(whole);
    return this.costs.push(cost) - 1;
  }

  /** @param options of HiGHS: limits are nodes, never seconds, so that every machine finds the same */
  async solve(options: Readonly<Record<string, string | number | boolean>> = {}): Promise<Solved> {
    const highs = await (loaded ??= loadHighs());
    const { continuous, integer } = highs.constants.variableType;
    const [numCols, numRows] = [this.costs.length, this.rows.length];
    const data: ModelData = {
      numCols,
      numRows,
      colCost: this.costs,
      colLower: this.low,
      colUpper: this.high,
      rowLower: this.rows.map(({ low }) => low),
      rowUpper: this.rows.map(({ high }) => high),
      matrix: {
        format: 'csc',
        numRows,
        numCols,
        starts: this.starts,
        indices: this.indices,
        values: this.values,
      },
      ...(this.whole.includes(true) ? { integrality: this.whole.map((is) => (is ? integer : continuous)) } : {}),
    };
    return highs.withModel(data, (model) => {
      model.options.set({ output_flag: false, ...options });
      model.run();
      const { colValue, rowDual } = model.getSolution();
      const isOptimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
      return { isOptimal, objective: model.getObjectiveValue(), columns: colValue, duals: rowDual };
    });
  }
}
