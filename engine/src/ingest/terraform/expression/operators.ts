/**
 * Operators on values.
 *
 * Pure.
 * Source   Terraform language docs, "Arithmetic and Logical Operators".
 */
import type { BinaryOperator } from './syntax';
import { ExpressionFault, firstUnknown, sameValue, toNumber, toTruth, Unknown, Value } from './values';

export function unary(operator: '-' | '!', operand: Value): Value {
  if (operand instanceof Unknown) return operand;
  return operator === '-' ? -toNumber(operand, "the operand of '-'") : !toTruth(operand, "the operand of '!'");
}

/** @param right asked only when the left side does not decide */
export function binary(operator: BinaryOperator, left: Value, right: () => Value): Value {
  if (operator === '&&' || operator === '||') return logical(operator, left, right());
  return operator === '==' || operator === '!=' ? equality(operator, left, right()) : numeric(operator, left, right());
}

/** A side that decides alone decides though the other is not known (Terraform 1.12). */
function logical(operator: '&&' | '||', left: Value, right: Value): Value {
  const deciding = operator === '||';
  const sides = [left, right].map((side) =>
    side instanceof Unknown ? side : toTruth(side, `a side of '${operator}'`),
  );
  if (sides.includes(deciding)) return deciding;
  return sides.find((side) => side instanceof Unknown) ?? !deciding;
}

function equality(operator: '==' | '!=', left: Value, right: Value): Value {
  const unknown = firstUnknown(left) ?? firstUnknown(right);
  if (unknown !== undefined) {
    // What is not known yet is a resource's attribute or a value to come: never null.
    return unknown;
  }
  return sameValue(left, right) === (operator === '==');
}

function numeric(operator: BinaryOperator, left: Value, right: Value): Value {
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  const a = toNumber(left, `the left side of '${operator}'`);
  const b = toNumber(right, `the right side of '${operator}'`);
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      if (b === 0) throw new ExpressionFault('a division by zero');
      return operator === '/' ? a / b : a % b;
  }
}
