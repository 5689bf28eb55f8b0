/**
 * Writes tools/data/terraform-backup-*.json: the arguments of the resources that the constructs of `@holdfast/cdktf` emit, and of
 * every `aws_backup_*` resource, in version 5.100.0 and in version 6 of the AWS provider.
 *
 * Run by `npx projen generate:terraform-schema` at the root after a construct came to emit another resource. The file of 5.100.0 is
 * what `terraform providers schema -json` says, and stays as it is where there is no Terraform. That of version 6 is what the
 * generated classes of a prebuilt provider say of each argument.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTerraform, isAbsent, PROVIDER_VERSION, runTerraform } from '../test/support/terraform';

const ROOT = join(__dirname, '..');
const SOURCES = join(ROOT, 'provider', 'src');
const FIVE = '@cdktf/provider-aws';
const SIX = 'cdktf-provider-aws-21';

/** Path of an argument, blocks before dots, to what it is: `string required`, `set of string optional computed`, `block optional`. */
export type Arguments = Readonly<Record<string, string>>;

/** A reduced schema: types of resources, and of data sources with `data.` before them, to their arguments. */
export interface ReducedSchema {
  readonly source: string;
  readonly types: Readonly<Record<string, Arguments>>;
  /** Types that no released version has, and what is known of them. */
  readonly unreleased?: Readonly<Record<string, string>>;
}

/**
 * The resource that version 6 is to get, as the pull request that adds it describes it.
 *
 * Assumed: no release up to 6.66.0 has it (Source B17.1/5).
 */
const TIERING = 'aws_backup_tiering_configuration';
const TIERING_NOTE = 'In no release up to 6.66.0; the arguments are those of the pull request that adds it';
const TIERING_ARGUMENTS: Arguments = {
  arn: 'string computed',
  backup_vault_name: 'string required',
  name: 'string required',
  resource_selection: 'block required',
  'resource_selection.resource_type': 'string required',
  'resource_selection.resources': 'set of string required',
  'resource_selection.tiering_down_settings_in_days': 'number required',
  region: 'string optional',
  tags: 'map of string optional',
  tags_all: 'computed',
};

/** Where the reduced schema of a version is. */
export function schemaFile(version: '5.100.0' | '6'): string {
  return join(__dirname, 'data', `terraform-backup-${version}.json`);
}

/** The committed schema of a version. */
export function committedSchema(version: '5.100.0' | '6'): ReducedSchema {
  return JSON.parse(readFileSync(schemaFile(version), 'utf8')) as ReducedSchema;
}

/** The code of a module of a prebuilt provider, and its types. */
interface Texts {
  readonly text: string;
  readonly declarations: string;
}

/** A resource or data source of a prebuilt provider. */
interface Module extends Texts {
  readonly type: string;
}

/** What the constructs import, and every resource of AWS Backup. */
function modulesOf(release: string): Module[] {
  const lib = join(ROOT, 'node_modules', release, 'lib');
  const imported = [SOURCES, join(SOURCES, 'private')].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [
        ...readFileSync(join(folder, file), 'utf8').matchAll(/from '@cdktf\/provider-aws\/lib\/([\w-]+)'/g),
      ])
      .map((match) => match[1] as string),
  );
  const backup = readdirSync(lib).filter((name) => name.startsWith('backup-'));
  return [...new Set([...imported, ...backup])].sort().flatMap((name) => {
    const text = readFileSync(join(lib, name, 'index.js'), 'utf8');
    const type = /\.tfResourceType = "(\w+)"/.exec(text)?.[1];
    const declarations = readFileSync(join(lib, name, 'index.d.ts'), 'utf8');
    return type === undefined ? [] : [{ type: name.startsWith('data-') ? `data.${type}` : type, text, declarations }];
  });
}

/** The schema of version 6, from the generated classes. */
export function schemaOfSix(): ReducedSchema {
  const { cdktf } = JSON.parse(readFileSync(join(ROOT, 'node_modules', SIX, 'package.json'), 'utf8')) as {
    cdktf: { provider: { version: string } };
  };
  return {
    source: `the generated classes of a prebuilt provider for the AWS provider ${cdktf.provider.version}`,
    types: sorted([
      ...modulesOf(SIX).map((module) => [module.type, argumentsOf(module)] as const),
      [TIERING, TIERING_ARGUMENTS] as const,
    ]),
    unreleased: { [TIERING]: TIERING_NOTE },
  };
}

/** One argument as the classes map it to Terraform: what it is called there, and here. */
const MAPPED =
  /(\w+): \{\s*value: ([^\n]+),\s*isBlock: (true|false),\s*type: "(\w+)",\s*storageClassType: "(\w+)",\s*\}/g;
const NAMED = /\((?:this\._|struct\.)(\w+)/;
/** What AWS alone sets. */
const COMPUTED = /\/\/ (\w+) - computed: true, optional: false, required: false/g;

function argumentsOf({ text, declarations }: Module): Arguments {
  const resource = /class (\w+) extends cdktf\.Terraform(?:Resource|DataSource)/.exec(text);
  const ofClass = text.slice(resource?.index ?? 0);
  const mapping = /synthesizeHclAttributes\(\)[^]*?\n {4}\}\n/.exec(ofClass)?.[0] ?? '';
  return sorted(members({ text, declarations }, ofClass, mapping, `${resource?.[1] ?? ''}Config`));
}

/** Arguments of a class and, below its blocks, those of their classes. */
function members(of: Texts, ofClass: string, mapping: string, config: string): [string, string][] {
  const declared = new RegExp(`export interface ${config} [^]*?\\n\\}`).exec(of.declarations)?.[0] ?? '';
  const given = [...mapping.matchAll(MAPPED)].flatMap(([, name = '', value = '', isBlock, kind = '', storage = '']) => {
    const isOptional = declared.includes(` ${NAMED.exec(value)?.[1] ?? ''}?:`);
    const flags = isOptional ? 'optional' : 'required';
    const struct = /(?<!cdktf\.)\b(\w+)ToHclTerraform\b/.exec(value)?.[1];
    return isBlock === 'true' && struct !== undefined
      ? blockOf(of, name, struct, flags)
      : [[name, `${typeOf(kind, storage)} ${flags}`] as [string, string]];
  });
  const computed = [...ofClass.matchAll(COMPUTED)].map(([, name = '']): [string, string] => {
    const by = new RegExp(`this\\.get(String|Number|Boolean)Attribute\\('${name}'\\)`).exec(ofClass)?.[1];
    return [name, by === undefined ? 'computed' : `${by.toLowerCase().replace('boolean', 'bool')} computed`];
  });
  return [...given, ...computed];
}

function blockOf(of: Texts, name: string, struct: string, flags: string): [string, string][] {
  const config = struct.charAt(0).toUpperCase() + struct.slice(1);
  const at = of.text.indexOf(`class ${config}OutputReference `);
  const ofClass = of.text.slice(at, of.text.indexOf('\nexports.', at));
  const mapping = new RegExp(`function ${struct}ToHclTerraform\\(struct\\)[^]*?\\n\\}\\n`).exec(of.text)?.[0] ?? '';
  const below = members(of, ofClass, mapping, config);
  return [[name, `block ${flags}`], ...below.map(([path, kind]): [string, string] => [`${name}.${path}`, kind])];
}

function typeOf(kind: string, storage: string): string {
  const element = storage.replace(/(Map|List)$/, '');
  const plain = element === 'boolean' ? 'bool' : element;
  return kind === 'simple' ? plain : `${kind} of ${plain}`;
}

/** The part of the real schema that is read. */
interface RealBlock {
  readonly attributes?: Readonly<Record<string, RealAttribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: RealBlock; readonly min_items?: number }>>;
}
interface RealAttribute {
  readonly type?: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}
interface RealSchemas {
  readonly provider_schemas: Readonly<
    Record<string, Record<'resource_schemas' | 'data_source_schemas', Record<string, { readonly block: RealBlock }>>>
  >;
}

/** The schema of 5.100.0, from the real provider; undefined where there is none. */
export function schemaOfFive(): ReducedSchema | undefined {
  if (isAbsent(findTerraform())) {
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'terraform-schema-'));
  try {
    const aws = { source: 'hashicorp/aws', version: PROVIDER_VERSION };
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }));
    const said = ['init', 'providers schema -json'].map((command) => {
      const { status, stdout, stderr } = runTerraform(folder, command.split(' '));
      if (status !== 0) {
        throw new Error(`terraform ${command}: ${stdout}${stderr}`);
      }
      return stdout;
    });
    const { provider_schemas: schemas } = JSON.parse(said[1] as string) as RealSchemas;
    const [real] = Object.values(schemas);
    return {
      source: `terraform providers schema -json of the AWS provider ${PROVIDER_VERSION}`,
      types: sorted(
        modulesOf(FIVE).map(({ type }) => {
          const name = type.replace(/^data\./, '');
          const found = real?.[type === name ? 'resource_schemas' : 'data_source_schemas'][name];
          return [type, sorted(found === undefined ? [] : reduced(found.block))];
        }),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reduced({ attributes = {}, block_types: blocks = {} }: RealBlock): [string, string][] {
  const own = Object.entries(attributes).map(([name, attribute]): [string, string] => {
    const { required = false, optional = false, computed = false } = attribute;
    return [name, `${realType(attribute.type)} ${flagsOf(required, optional, computed)}`];
  });
  const below = Object.entries(blocks).flatMap(([name, { block, min_items: least = 0 }]): [string, string][] => [
    [name, `block ${flagsOf(least > 0, least === 0, false)}`],
    ...reduced(block).map(([path, kind]): [string, string] => [`${name}.${path}`, kind]),
  ]);
  return [...own, ...below];
}

function realType(type: unknown): string {
  const [kind, element] = Array.isArray(type) ? (type as unknown[]) : [type];
  return element === undefined
    ? String(kind)
    : `${String(kind)} of ${Array.isArray(element) ? 'object' : String(element)}`;
}

function flagsOf(required: boolean, optional: boolean, computed: boolean): string {
  return [required && 'required', optional && 'optional', computed && 'computed'].filter(Boolean).join(' ');
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is written of a schema. */
export function printed(schema: ReducedSchema): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function main(): void {
  writeFileSync(schemaFile('6'), printed(schemaOfSix()));
  const five = schemaOfFive();
  if (five === undefined) {
    process.stderr.write('terraform is absent: tools/data/terraform-backup-5.100.0.json stays as it is\n');
  } else {
    writeFileSync(schemaFile('5.100.0'), printed(five));
  }
}

if (require.main === module) {
  main();
}
