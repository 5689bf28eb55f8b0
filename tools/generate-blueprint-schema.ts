/**
 * Writes docs/blueprint.schema.json from the structs of model/, as jsii describes them in model/.jsii (compile model first).
 *
 * Run by `npx projen generate` at the root; with `--check` it writes nothing and fails on a difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const ASSEMBLY = join(ROOT, 'model', '.jsii');
const TARGET = join(ROOT, 'docs', 'blueprint.schema.json');
const PACKAGE = '@holdfast/model.';

/** What is read of jsii's description. */
export interface Assembly {
  readonly types: Readonly<Record<string, { readonly properties?: readonly Property[]; readonly docs?: Docs }>>;
}
interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
}
interface Property {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly docs?: Docs;
}
interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}
type Schema = Record<string, unknown>;

/** Members that the whole blueprint or the flags of a command can say for all: nothing demands them. */
const FILLED = ['env', 'partition', 'account', 'region'];

/** Members of an estate that constructs declare and the reader of blueprints does not take. */
const NOT_IN_BLUEPRINTS = [
  'roles',
  'resourceShares',
  'eventRules',
  'topics',
  'queues',
  'functions',
  'stateMachines',
  'metricAlarms',
  'compositeAlarms',
  'policies',
  'groups',
  'users',
];

/** The schema as it has to be. */
export function blueprintSchema(assembly: Assembly): Schema {
  const definitions = new Map<string, Schema>();
  const root = objectOf('Estate', assembly, definitions);
  const waivers = refer('Waiver', assembly, definitions);
  const env = {
    ...refer('Environment', assembly, definitions),
    description: 'Where everything lives that does not say.',
  };
  definitions.set('StatefulResource', resourceSchema(objectOf('StatefulResource', assembly, definitions)));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'holdfast.blueprint/1',
    description:
      'An estate of AWS Backup: vaults, plans with their selections, the resources that they protect, their keys, audits, restore tests, legal holds and organizations.',
    type: 'object',
    additionalProperties: false,
    required: ['schema'],
    properties: {
      schema: { const: 'holdfast.blueprint/1' },
      env,
      ...(root.properties as Schema),
      waivers: {
        type: 'array',
        items: waivers,
        description: 'Findings that the author accepts, each with the reason.',
      },
    },
    $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A resource as an inventory has it: known by its ARN, or by type and name. */
function resourceSchema(struct: Schema): Schema {
  const text = (description: string): Schema => ({ type: 'string', description });
  return {
    type: 'object',
    description: struct.description,
    additionalProperties: false,
    anyOf: [{ required: ['arn'] }, { required: ['type', 'name'] }],
    properties: {
      ...(struct.properties as Schema),
      type: text(
        "AWS Backup's word for the type, e.g. `DynamoDB`, or the id of its row in the table of service support.",
      ),
      account: text('Account id, 12 digits. Default: that of `env`.'),
      region: text('Region. Default: that of `env`.'),
    },
  };
}

function objectOf(name: string, assembly: Assembly, definitions: Map<string, Schema>): Schema {
  const struct = assembly.types[PACKAGE + name];
  if (struct === undefined) {
    throw new Error(`model/.jsii must have the struct ${name}, got ${Object.keys(assembly.types).length} others`);
  }
  const properties = (struct.properties ?? []).filter(
    (one) => one.static !== true && !(name === 'Estate' && NOT_IN_BLUEPRINTS.includes(one.name)),
  );
  const required = properties.filter((one) => one.optional !== true && !FILLED.includes(one.name));
  return {
    type: 'object',
    ...described(struct.docs),
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required: required.map((one) => one.name) }),
    properties: Object.fromEntries(
      properties.map((one) => [one.name, { ...schemaOf(one.type, assembly, definitions), ...described(one.docs) }]),
    ),
  };
}

function schemaOf(type: TypeReference, assembly: Assembly, definitions: Map<string, Schema>): Schema {
  if (type.fqn !== undefined) {
    return refer(type.fqn.slice(PACKAGE.length), assembly, definitions);
  }
  if (type.collection !== undefined) {
    const member = schemaOf(type.collection.elementtype, assembly, definitions);
    return type.collection.kind === 'array'
      ? { type: 'array', items: member }
      : { type: 'object', additionalProperties: member };
  }
  return type.primitive === 'any' ? {} : { type: type.primitive };
}

function refer(name: string, assembly: Assembly, definitions: Map<string, Schema>): Schema {
  if (!definitions.has(name)) {
    // Before its members, as a struct may refer to itself.
    definitions.set(name, {});
    definitions.set(name, objectOf(name, assembly, definitions));
  }
  return { $ref: `#/$defs/${name}` };
}

function described(docs: Docs | undefined): Schema {
  const given = docs?.default?.replace(/^- /, '');
  const parts = [docs?.summary, docs?.remarks, given === undefined ? undefined : `Default: ${given}.`];
  const description = parts.filter((part) => part !== undefined).join(' ');
  return description === '' ? {} : { description };
}

if (require.main === module) {
  const schema = `${JSON.stringify(blueprintSchema(JSON.parse(readFileSync(ASSEMBLY, 'utf8')) as Assembly), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(TARGET, schema);
  } else if (readFileSync(TARGET, 'utf8') !== schema) {
    console.error(`${TARGET} must be what tools/generate-blueprint-schema.ts writes; run npx projen generate`);
    process.exitCode = 1;
  }
}
