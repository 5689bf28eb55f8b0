/**
 * Writes engine/src/wire/generated/constraints.ts: lengths, ranges, patterns and enumerations of the published API model.
 *
 * The model is botocore's (Apache-2.0), wherever Python finds it on the machine; as not every machine has it, the table is
 * committed and made anew by hand: `npx ts-node --swc --project tsconfig.json tools/generate-constraints.ts`. Values that
 * the SDK's own enumerations have beside the model's are allowed, too: the two are not of the same day.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { SERVICES } from '../engine/src/wire/services';
import { operations as emulated } from './generate-operations';

/**
 * Services whose inputs are checked, by the name that botocore has for them: those of which it is known how they refuse what is
 * out of bounds (constraints.ts). SQS, whose model has none, and SNS have words of their own for their parameters
 * (operations/queue-bounds.ts, operations/topic-bounds.ts); the model's bounds of SNS are those of tags.
 */
const CHECKED: Readonly<Record<string, string>> = {
  backup: 'backup',
  eventbridge: 'events',
  iam: 'iam',
  kms: 'kms',
  sns: 'sns',
  sts: 'sts',
};

const TARGET = join(__dirname, '..', 'engine', 'src', 'wire', 'generated', 'constraints.ts');

const READ = `
import json, sys, botocore.session
model = botocore.session.get_session().get_component('data_loader').load_service_model(sys.argv[1], 'service-2')
print(json.dumps({'operations': model['operations'], 'shapes': model['shapes']}))
`;

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

function modelOf(service: string): Model {
  const maxBuffer = 256 * 1024 * 1024;
  return JSON.parse(execFileSync('python3', ['-c', READ, service], { encoding: 'utf8', maxBuffer })) as Model;
}

/** Shapes below an input that have a bound, or lead to one. */
function bounded({ shapes }: Model, enums: Readonly<Record<string, unknown>>): Record<string, object> {
  const found: Record<string, object> = {};
  const leads = (name: string, above: readonly string[]): boolean => {
    const shape = shapes[name] as Shape;
    if (above.includes(name)) {
      return false;
    }
    const below = (to: string) => leads(to, [...above, name]);
    const members = Object.entries(shape.members ?? {}).filter(([, { shape: to }]) => below(to));
    const [item, value] = [shape.member, shape.value].map((one) =>
      one !== undefined && below(one.shape) ? one : undefined,
    );
    const own = { min: shape.min, max: shape.max, pattern: shape.pattern, enum: valuesOf(name, shape, enums) };
    const bounds = Object.entries(own).filter(([, bound]) => bound !== undefined);
    if (bounds.length + members.length === 0 && item === undefined && value === undefined) {
      return false;
    }
    found[name] = {
      ...Object.fromEntries(bounds),
      ...(members.length > 0 && { members: Object.fromEntries(members.map(([key, to]) => [key, to.shape])) }),
      ...((item ?? value) && { items: (item ?? value)?.shape }),
    };
    return true;
  };
  Object.keys(shapes).forEach((name) => leads(name, []));
  return found;
}

function valuesOf(name: string, shape: Shape, enums: Readonly<Record<string, unknown>>): string[] | undefined {
  const newer = enums[name];
  const known = typeof newer === 'object' && newer !== null && !Array.isArray(newer) ? Object.values(newer) : [];
  return shape.enum && [...new Set([...shape.enum, ...(known as string[])])].sort();
}

/** What the inputs of a service reach, and nothing else. */
function constraintsOf(folder: string): object {
  const model = modelOf(CHECKED[folder] as string);
  const shapes = bounded(
    model,
    require((SERVICES[folder] as (typeof SERVICES)[string]).client) as Record<string, unknown>,
  );
  const there = new Set(emulated().flatMap(({ service, operation }) => (service === folder ? [operation] : [])));
  const operations = Object.fromEntries(
    Object.entries(model.operations)
      .filter(([name, { input }]) => there.has(name) && input !== undefined && input.shape in shapes)
      .map(([name, { input }]) => [name, input?.shape]),
  );
  const reached = new Set<string>();
  const reach = (name: string | undefined): void => {
    const shape =
      name === undefined ? undefined : (shapes[name] as { members?: Record<string, string>; items?: string });
    if (name !== undefined && shape !== undefined && !reached.has(name)) {
      reached.add(name);
      [...Object.values(shape.members ?? {}), shape.items].forEach(reach);
    }
  };
  Object.values(operations).forEach(reach);
  return { operations, shapes: Object.fromEntries([...reached].sort().map((name) => [name, shapes[name]])) };
}

async function main(): Promise<void> {
  const byName = Object.fromEntries(
    Object.keys(CHECKED).map((folder) => [SERVICES[folder]?.signingName ?? folder, constraintsOf(folder)]),
  );
  const text = [
    '// Generated by tools/generate-constraints.ts from the API model of botocore (Apache-2.0). Do not edit.',
    "import type { Constraints } from '../constraints';",
    '',
    '/** Bounds of inputs by the signing name of the service. */',
    `export const CONSTRAINTS: Readonly<Record<string, Constraints>> = ${JSON.stringify(byName)};`,
  ].join('\n');
  writeFileSync(TARGET, await format(text, { ...(await resolveConfig(TARGET)), filepath: TARGET }));
}

void main();
