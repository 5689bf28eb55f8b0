/**
 * `format`: text with verbs such as `%s` and `%05d`.
 *
 * Pure.
 * Source   Terraform language docs, "format Function".
 */
import {
  describe,
  ExpressionFault,
  isList,
  isObject,
  plain,
  SetValue,
  toNumber,
  toText,
  toTruth,
  Unknown,
  Value,
} from '../values';

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

const VERB = /%(?:%|([-+ 0#]*)(\d*)(?:\.(\d*))?(?:\[(\d+)\])?([a-zA-Z]))/g;

/** The pattern filled in; not known when it uses a verb that we do not read. @throws ExpressionFault */
export function formatText(pattern: string, args: readonly Value[]): Value {
  let next = 0;
  let used = 0;
  let unread: string | undefined;
  const made = pattern.replace(
    VERB,
    (
      whole: string,
      flags: string,
      width: string,
      precision: string | undefined,
      at: string | undefined,
      letter: string,
    ) => {
      if (whole === '%%') return '%';
      const index = at === undefined ? next : Number(at) - 1;
      next = index + 1;
      used = Math.max(used, next);
      const value = args[index];
      if (value === undefined) throw new ExpressionFault(`format() has no argument for ${whole}`);
      if (Number(width) > 1000 || Number(precision ?? 0) > 1000)
        throw new ExpressionFault(`${whole} is wider than 1000`);
      const text = one(
        { flags, width: Number(width), precision: precision === undefined ? undefined : Number(precision), letter },
        value,
      );
      if (text === undefined) unread = whole;
      return text ?? '';
    },
  );
  if (unread !== undefined) return new Unknown('', `the verb ${unread} of format() is not read`);
  if (used < args.length) throw new ExpressionFault(`format() has ${args.length} arguments and uses ${used}`);
  return made;
}

function one(verb: Verb, value: Value): string | undefined {
  const text = body(verb, value);
  if (text === undefined) return undefined;
  const missing = verb.width - [...text].length;
  if (missing <= 0) return text;
  if (verb.flags.includes('-')) return text + ' '.repeat(missing);
  if (!verb.flags.includes('0') || !'dfegboxX'.includes(verb.letter)) return ' '.repeat(missing) + text;
  const sign = /^[+\- ]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function body(verb: Verb, value: Value): string | undefined {
  const number = (): number => toNumber(value, `what %${verb.letter} writes`);
  switch (verb.letter) {
    case 's':
      return cut(toText(value, 'what %s writes'), verb.precision);
    case 'q':
      return JSON.stringify(toText(value, 'what %q writes'));
    case 'v':
      return verb.flags.includes('#') ? JSON.stringify(plain(value)) : natural(value);
    case 't':
      return String(toTruth(value, 'what %t writes'));
    case 'd':
      return signed(verb, whole(number(), verb).toString());
    case 'b':
      return signed(verb, whole(number(), verb).toString(2));
    case 'o':
      return signed(verb, whole(number(), verb).toString(8));
    case 'x':
      return signed(verb, whole(number(), verb).toString(16));
    case 'X':
      return signed(verb, whole(number(), verb).toString(16).toUpperCase());
    case 'f':
      return signed(verb, number().toFixed(Math.min(verb.precision ?? 6, 100)));
    default:
      return undefined;
  }
}

function whole(value: number, verb: Verb): bigint {
  if (!Number.isInteger(value)) throw new ExpressionFault(`%${verb.letter} writes a whole number, got ${value}`);
  return BigInt(value);
}

function signed(verb: Verb, digits: string): string {
  if (digits.startsWith('-')) return digits;
  return verb.flags.includes('+') ? `+${digits}` : verb.flags.includes(' ') ? ` ${digits}` : digits;
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

function natural(value: Value): string {
  if (value === null) return 'null';
  if (isList(value) || isObject(value) || value instanceof SetValue) return JSON.stringify(plain(value));
  if (typeof value === 'object') throw new ExpressionFault(`%v does not write ${describe(value)}`);
  return toText(value, 'what %v writes');
}
