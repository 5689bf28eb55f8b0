/**
 * Whether the members of an input have the form that the API model asks for.
 *
 * Pure: an input in, what is wrong with it out.
 * Source   generated/constraints.ts. The texts are those of AWS's services that check by model, and so are the exceptions of
 *          EventBridge, IAM, KMS and STS, as seen in public threads; which one AWS Backup puts them into is Assumed.
 */
import { AwsFault, FaultName } from '../operations/fault';
import { CONSTRAINTS } from './generated/constraints';

/** A shape as far as it has bounds: of length for text and lists, of value for numbers. */
export interface BoundedShape {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  /** Shape of the items of a list, or of the values of a map. */
  readonly items?: string;
}

export interface Constraints {
  /** Shape of the input by operation. */
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Readonly<Record<string, BoundedShape>>;
}

/** What a service calls it, by its signing name. */
const REFUSED_AS: Readonly<Record<string, FaultName>> = {
  backup: 'InvalidParameterValueException',
  'backup-search': 'ValidationException',
  events: 'ValidationException',
  iam: 'ValidationError',
  kms: 'ValidationException',
  mpa: 'ValidationException',
  // Assumed: as the other services of the query protocol.
  sns: 'ValidationError',
  sts: 'ValidationError',
};

const PATTERNS = new Map<string, RegExp>();

/** @throws AwsFault naming every member that is out of its bounds */
export function refuseOutOfBounds(signingName: string, operation: string, input: unknown): void {
  const [constraints, name] = [CONSTRAINTS[signingName], REFUSED_AS[signingName]];
  const shape = constraints?.operations[operation];
  if (constraints === undefined || name === undefined || shape === undefined) {
    return;
  }
  const found: string[] = [];
  look(constraints.shapes, shape, input, '', found);
  if (found.length > 0) {
    const errors = found.length === 1 ? '1 validation error' : `${found.length} validation errors`;
    throw new AwsFault(name, `${errors} detected: ${found.join('; ')}`);
  }
}

function look(shapes: Constraints['shapes'], name: string, value: unknown, path: string, found: string[]): void {
  const shape = shapes[name];
  if (shape === undefined || value === undefined || value === null) {
    return;
  }
  for (const constraint of broken(shape, value)) {
    const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
    found.push(`Value '${shown}' at '${path}' failed to satisfy constraint: Member must ${constraint}`);
  }
  if (typeof value !== 'object') {
    return;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const inner = path === '' ? '' : `${path}.`;
  for (const [member, to] of Object.entries(shape.members ?? {})) {
    look(shapes, to, record[member], `${inner}${lowerFirst(member)}`, found);
  }
  if (shape.items !== undefined) {
    const { items } = shape;
    Object.entries(record).forEach(([key, one], index) => {
      const place = Array.isArray(value) ? `${inner}${index + 1}.member` : `${inner}${key}.member`;
      look(shapes, items, one, place, found);
    });
  }
}

/** The bounds that a value breaks. */
function broken({ min, max, pattern, enum: values }: BoundedShape, value: unknown): string[] {
  if (typeof value === 'number') {
    return outOf(value, min, max, 'value');
  }
  if (Array.isArray(value)) {
    return outOf(value.length, min, max, 'length');
  }
  if (typeof value !== 'string') {
    return [];
  }
  const found = outOf(value.length, min, max, 'length');
  // Assumed: a text that may be empty is not held against its pattern when it is. Terraform takes descriptions away so.
  const may = value === '' && min === 0;
  if (pattern !== undefined && !may && !patternOf(pattern).test(value)) {
    found.push(`satisfy regular expression pattern: ${pattern}`);
  }
  if (values !== undefined && !values.includes(value)) {
    found.push(`satisfy enum value set: [${values.join(', ')}]`);
  }
  return found;
}

function outOf(size: number, min: number | undefined, max: number | undefined, what: 'value' | 'length'): string[] {
  const [few, many] = [min !== undefined && size < min, max !== undefined && size > max];
  return [
    ...(few ? [`have ${what} greater than or equal to ${min}`] : []),
    ...(many ? [`have ${what} less than or equal to ${max}`] : []),
  ];
}

/** The whole text has to match, as it does with the service. */
function patternOf(pattern: string): RegExp {
  // Classes of Unicode are known in that mode alone, and other patterns escape more than it lets them.
  const flags = pattern.includes('\\p{') ? 'su' : 's';
  const known = PATTERNS.get(pattern) ?? new RegExp(`^(?:${pattern})$`, flags);
  PATTERNS.set(pattern, known);
  return known;
}

function lowerFirst(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}
