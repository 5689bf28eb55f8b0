/**
 * Decimal numbers without rounding.
 *
 * Pure: texts in, texts out.
 */

/** `digits[0].digits[1…] × 10^exponent`, without zeros at either end; zero has no digits. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
const ZERO: Decimal = { negative: false, digits: '', exponent: 0 };

export function tryParseDecimal(text: string): Decimal | undefined {
  const [all, sign = '', whole = '', fraction = '', power = '0'] = FORM.exec(text) ?? [];
  if (all === undefined || whole.length + fraction.length === 0) {
    return undefined;
  }
  return made(sign === '-', whole + fraction, whole.length - 1 + Number(power));
}

/** Without an exponent, however many zeros that takes. */
export function formatDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') {
    return '0';
  }
  const sign = negative ? '-' : '';
  if (exponent < 0) {
    return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(lastPlace(a), lastPlace(b));
  const sum = scaled(a, places) + scaled(b, places);
  const text = (sum < 0n ? -sum : sum).toString();
  return made(sum < 0n, text, text.length - 1 - places);
}

export function negated(decimal: Decimal): Decimal {
  return decimal.digits === '' ? ZERO : { ...decimal, negative: !decimal.negative };
}

/** Texts that sort as their numbers do; for exponents of -400 to 400. */
export function sortableDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') {
    return '1';
  }
  if (!negative) {
    return `2${exponent + 500}${digits}`;
  }
  const turned = Array.from(digits, (digit) => 9 - Number(digit)).join('');
  // What ends sooner is nearer to zero, and so the greater.
  return `0${500 - exponent}${turned}~`;
}

function made(negative: boolean, text: string, exponent: number): Decimal {
  const leading = /^0*/.exec(text)?.[0].length ?? 0;
  const digits = text.slice(leading).replace(/0+$/, '');
  return digits === '' ? ZERO : { negative, digits, exponent: exponent - leading };
}

/** How many places there are behind the point. */
function lastPlace({ digits, exponent }: Decimal): number {
  return Math.max(0, digits.length - 1 - exponent);
}

function scaled({ negative, digits, exponent }: Decimal, places: number): bigint {
  if (digits === '') {
    return 0n;
  }
  const whole = BigInt(digits.padEnd(exponent + 1 + places, '0'));
  return negative ? -whole : whole;
}
