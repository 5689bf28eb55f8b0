/**
 * Metric math, as far as alarms use it: arithmetic and comparisons over series, FILL, SUM, MAX, MIN, AVG, IF, METRICS.
 *
 * Pure: series in, a series out; undefined is a period without data.
 * Source   the user guide of CloudWatch, "Using math expressions with CloudWatch metrics".
 * Spec     metrics.md
 */

export type Values = readonly (number | undefined)[];

/** An expression that is none, or one that is not emulated. */
export class MathFault extends Error {
  constructor(expression: string, at: string) {
    super(`Error in expression '${expression}': ${at}`);
    this.name = 'MathFault';
  }
}

type Operation = (a: number, b: number) => number;

const OPERATIONS: readonly Readonly<Record<string, Operation>>[] = [
  {
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

const FOLDS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((a, b) => a + b, 0),
  MAX: (values) => Math.max(...values),
  MIN: (values) => Math.min(...values),
  AVG: (values) => values.reduce((a, b) => a + b, 0) / values.length,
};

const TOKEN = /\s*(<=|>=|==|!=|[-+*/<>()[\],]|[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?)/y;

/** What an expression comes to over so many periods. @throws MathFault */
export function evaluateMath(expression: string, series: ReadonlyMap<string, Values>, periods: number): Values {
  const reader = new Reader(expression, series, periods);
  return reader.whole();
}

class Reader {
  private readonly tokens: string[] = [];
  private next = 0;

  constructor(
    private readonly expression: string,
    private readonly series: ReadonlyMap<string, Values>,
    private readonly periods: number,
  ) {
    const pattern = new RegExp(TOKEN);
    while (pattern.lastIndex < expression.trimEnd().length) {
      const found = pattern.exec(expression)?.[1];
      if (found === undefined) {
        throw new MathFault(expression, 'it holds what no expression has');
      }
      this.tokens.push(found);
    }
  }

  whole(): Values {
    const values = this.binary(0);
    return this.next === this.tokens.length ? values : this.fail();
  }

  private binary(level: number): Values {
    const operations = OPERATIONS[level];
    if (operations === undefined) {
      return this.unary();
    }
    let left = this.binary(level + 1);
    for (let operate = operations[this.peek()]; operate !== undefined; operate = operations[this.peek()]) {
      this.next++;
      left = together(left, this.binary(level + 1), operate);
    }
    return left;
  }

  private unary(): Values {
    if (this.peek() === '-') {
      this.next++;
      return this.unary().map((value) => (value === undefined ? undefined : -value));
    }
    const token = this.take();
    if (token === '(') {
      const inside = this.binary(0);
      this.expect(')');
      return inside;
    }
    if (/^\d/.test(token)) {
      return this.constant(Number(token));
    }
    if (this.peek() === '(') {
      return this.operation(token);
    }
    return this.series.get(token) ?? this.fail();
  }

  private operation(name: string): Values {
    this.expect('(');
    const given: Values[][] = [];
    while (this.peek() !== ')') {
      given.push(this.argument());
      if (this.peek() === ',') {
        this.next++;
      } else if (this.peek() !== ')') {
        this.fail();
      }
    }
    this.expect(')');
    const [first = [], second, third] = given;
    const fold = FOLDS[name];
    if (fold !== undefined) {
      return this.fold(first, fold);
    }
    const [one, other] = [second?.[0], third?.[0]];
    if (name === 'FILL' && first[0] !== undefined && one !== undefined) {
      return this.filled(first[0], one);
    }
    if (name === 'IF' && first[0] !== undefined && one !== undefined) {
      return first[0].map((value, i) => (value === undefined ? undefined : value !== 0 ? one[i] : other?.[i]));
    }
    return this.fail();
  }

  /** A list, all metrics, or one series. */
  private argument(): Values[] {
    if (this.peek() === 'METRICS') {
      this.next++;
      this.expect('(');
      this.expect(')');
      return [...this.series.values()];
    }
    if (this.peek() !== '[') {
      return [this.binary(0)];
    }
    this.next++;
    const all: Values[] = [this.binary(0)];
    while (this.peek() === ',') {
      this.next++;
      all.push(this.binary(0));
    }
    this.expect(']');
    return all;
  }

  /** Source: a series that has no data point at all stays without; FILL needs one to begin with. */
  private filled(values: Values, otherwise: Values): Values {
    return values.map((value, i) => value ?? otherwise[i]);
  }

  private fold(all: readonly Values[], fold: (values: readonly number[]) => number): Values {
    return Array.from({ length: this.periods }, (_, i) => {
      const there = all.flatMap((values) => values[i] ?? []);
      return there.length === 0 ? undefined : fold(there);
    });
  }

  private constant(value: number): Values {
    return Array.from({ length: this.periods }, () => value);
  }

  private peek(): string {
    return this.tokens[this.next] ?? '';
  }

  private take(): string {
    return this.tokens[this.next++] ?? this.fail();
  }

  private expect(token: string): void {
    if (this.take() !== token) {
      this.fail();
    }
  }

  private fail(): never {
    throw new MathFault(this.expression, `what stands at '${this.peek()}' is not understood`);
  }
}

/** A period in which one side has no data has none; a series without any stands for nothing. */
function together(a: Values, b: Values, operate: Operation): Values {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, i) => {
    const [left, right] = [a[i], b[i]];
    if (a.length === 0 || b.length === 0) {
      return a.length === 0 ? right : left;
    }
    return left === undefined || right === undefined ? undefined : operate(left, right);
  });
}
