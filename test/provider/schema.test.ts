import * as fs from 'node:fs';
import { App, Testing } from 'cdktf';
import {
  Arguments,
  committedSchema,
  printed,
  ReducedSchema,
  schemaFile,
  schemaOfFive,
  schemaOfSix,
} from '../../tools/reduce-terraform-schema';
import { exercised, skipped } from '../support/programs';
import { temporaryFolder } from '../support/synth';
import { findTerraform, isAbsent } from '../support/terraform';
import { everything } from './support/everything';

const RENEW = 'run npx projen generate:terraform-schema';
/** What every resource has, whatever its schema says. */
const META = ['//', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner', 'connection'];

const programs = findTerraform();
if (isAbsent(programs)) {
  skipped('terraform', programs.reason);
}
const withTerraform = isAbsent(programs) ? test.skip : test;

interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

function synthesized(): Synthesized {
  const app = Testing.stubVersion(new App({ outdir: temporaryFolder('schema'), stackTraces: false }));
  return JSON.parse(Testing.synth(everything(app))) as Synthesized;
}

/** What is emitted and not in the schema, or in it as what only AWS sets. */
function unknown(schema: ReducedSchema, { resource = {}, data = {} }: Synthesized): string[] {
  const prefixed = Object.entries(data).map(([type, named]) => [`data.${type}`, named] as const);
  return [...Object.entries(resource), ...prefixed].flatMap(([type, named]) => {
    const known = schema.types[type];
    // What an author makes beside our constructs is his.
    return known === undefined
      ? [type].filter((each) => each.startsWith('aws_backup_'))
      : Object.values(named).flatMap((block) => unknownIn(known, block, '').map((path) => `${type} ${path}`));
  });
}

function unknownIn(known: Arguments, block: object, prefix: string): string[] {
  return Object.entries(block).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    const kind = known[path];
    if (prefix === '' && META.includes(name)) {
      return [];
    }
    if (kind === undefined || /^(\w+ )?computed$/.test(kind)) {
      return [path];
    }
    return kind.startsWith('block')
      ? [value].flat().flatMap((each) => unknownIn(known, each as object, `${path}.`))
      : [];
  });
}

// prettier-ignore
test.each([
  ['5.100.0'],
  ['6'],
] as const)('emits no argument that version %s of the AWS provider does not take', (version) => {
  expect([...new Set(unknown(committedSchema(version), synthesized()))]).toEqual([]);
});

test('would tell of an argument that the schema lacks, and of one that only AWS sets', () => {
  const vault = { name: 'primary', arn: 'a', kms_key: 'k', lifecycle: { prevent_destroy: true } };
  const plan = { name: 'daily', rule: [{ rule_name: 'daily', scan_action: [{ scan_mode: 'FULL_SCAN' }] }] };
  const emitted = {
    resource: { aws_backup_vault: { V: vault }, aws_backup_plan: { P: plan }, aws_backup_hold: { H: {} } },
  };
  const told = [
    'aws_backup_vault arn',
    'aws_backup_vault kms_key',
    'aws_backup_plan rule.scan_action',
    'aws_backup_hold',
  ];
  expect(unknown(committedSchema('5.100.0'), emitted)).toEqual(told);
  expect(unknown(committedSchema('6'), emitted)).toEqual(told.filter((each) => !each.includes('scan_action')));
});

test(`the committed schema of version 6 is what the generated classes say, else ${RENEW}`, () => {
  expect(fs.readFileSync(schemaFile('6'), 'utf8')).toBe(printed(schemaOfSix()));
});

test('the generated classes say of version 5.100.0 what the real schema says', () => {
  const [five, six] = [committedSchema('5.100.0'), committedSchema('6')];
  const told = (kind = '') =>
    kind.includes('optional') ? kind.replace(' computed', '') : kind.endsWith('computed') ? 'computed' : kind;
  expect(Object.keys(six.types).filter((type) => six.unreleased?.[type] === undefined)).toEqual(
    Object.keys(five.types),
  );
  const differing = Object.entries(five.types).flatMap(([type, known]) =>
    Object.entries(known)
      .filter(([path, kind]) => told(kind) !== told(six.types[type]?.[path]))
      .map(([path]) => `${type} ${path}`),
  );
  // Version 6 gave the name away to the Region of each resource.
  expect(differing.filter((each) => !each.endsWith(' region'))).toEqual([]);
});

withTerraform(
  `the committed schema of version 5.100.0 is what the real provider says, else ${RENEW}`,
  () => {
    expect(fs.readFileSync(schemaFile('5.100.0'), 'utf8')).toBe(printed(schemaOfFive() as ReducedSchema));
    exercised('terraform', 'providers schema of the AWS provider');
  },
  180_000,
);
