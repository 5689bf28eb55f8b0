/**
 * A value that is not known before deployment, with the reason.
 *
 * Pure. Thrown inside the reader only: whoever reads a property turns it into a refusal that names the
 * property, and whoever can do without the value catches it.
 */
export class Unresolved extends Error {
  constructor(
    /** Continues `… is {"Ref": "X"}, `. */
    readonly why: string,
    /** What else than `--value` would settle it. */
    readonly remedy?: string,
    /** The parameter without a value, where that is why. */
    readonly parameter?: string,
  ) {
    super(why);
    this.name = 'Unresolved';
  }
}

/** What `AWS::NoValue` evaluates to: the property is as good as not written. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

/** A value in few characters, for a message. */
export function excerpt(value: unknown, length = 120): string {
  const text = typeof value === 'symbol' ? '{"Ref":"AWS::NoValue"}' : (JSON.stringify(value) ?? 'nothing');
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
