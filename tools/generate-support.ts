/**
 * Writes model/src/support/services.ts from model/src/support/service-support.json, the committed copy of AWS's tables.
 *
 * Run by `npx ts-node --swc --project tsconfig.json tools/generate-support.ts` at the root; with `--check` it writes nothing and fails on a difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'model', 'src', 'support');
const SOURCE = join(FOLDER, 'service-support.json');
const TARGET = join(FOLDER, 'services.ts');

/** What is read of a row of the table. */
interface Row {
  readonly name: string;
  readonly resourceType: string;
  readonly optInKey: string;
  readonly managementPreferenceKey: string | null;
  readonly arnPattern: string;
  readonly cloudFormationTypes: readonly string[];
  readonly terraformTypes: readonly string[];
  readonly recoveryPointArnFormat: string;
  readonly sourceOfFact: string;
  readonly confidence: string;
  readonly fieldConfidence: Readonly<Record<string, string>>;
  readonly [feature: string]: unknown;
}

/** Our id of each row of the table. A row that is missing here stops the task. */
const IDS: Readonly<Record<string, string | undefined>> = {
  'Amazon EC2': 'ec2',
  // An option of EC2, no service of its own.
  'Amazon EC2 with Windows VSS': undefined,
  'Amazon EBS': 'ebs',
  'Amazon S3': 's3',
  'Amazon RDS DB instance (single-AZ or Multi-AZ instance)': 'rds',
  'Amazon RDS Multi-AZ DB cluster': 'rds-multi-az-cluster',
  'Amazon Aurora': 'aurora',
  'Amazon Aurora DSQL': 'aurora-dsql',
  'Amazon EFS': 'efs',
  'Amazon FSx for Lustre': 'fsx-lustre',
  'Amazon FSx for Windows File Server': 'fsx-windows',
  'Amazon FSx for NetApp ONTAP (volume)': 'fsx-ontap',
  'Amazon FSx for OpenZFS': 'fsx-openzfs',
  'AWS Storage Gateway (volume)': 'storage-gateway',
  'Amazon DocumentDB': 'documentdb',
  'Amazon Neptune': 'neptune',
  'Amazon DynamoDB (without advanced features)': 'dynamodb',
  'Amazon DynamoDB (advanced features)': 'dynamodb-advanced',
  'Amazon Redshift (provisioned cluster)': 'redshift',
  'Amazon Redshift Serverless (namespace)': 'redshift-serverless',
  'Amazon Timestream (table)': 'timestream',
  'VMware virtual machine': 'virtual-machine',
  'AWS CloudFormation stack': 'cloudformation',
  'SAP HANA on Amazon EC2': 'sap-hana',
  'Amazon EKS cluster': 'eks',
};

/** What tells services of one type apart, by the remark that the table adds to the type. */
const VARIANTS: Readonly<Record<string, { property: string; attribute: string; values: readonly string[] }>> = {
  'not a member of a cluster': { property: 'DBClusterIdentifier', attribute: 'cluster_identifier', values: [] },
  'Engine mysql|postgres': { property: 'Engine', attribute: 'engine', values: ['mysql', 'postgres'] },
  'engine mysql|postgres': { property: 'Engine', attribute: 'engine', values: ['mysql', 'postgres'] },
  // `aurora` alone is the engine of Aurora MySQL 5.6.
  'Engine aurora-*': { property: 'Engine', attribute: 'engine', values: ['aurora', 'aurora-*'] },
  'engine aurora-*': { property: 'Engine', attribute: 'engine', values: ['aurora', 'aurora-*'] },
  'FileSystemType LUSTRE': { property: 'FileSystemType', attribute: 'file_system_type', values: ['LUSTRE'] },
  'FileSystemType WINDOWS': { property: 'FileSystemType', attribute: 'file_system_type', values: ['WINDOWS'] },
  'FileSystemType OPENZFS': { property: 'FileSystemType', attribute: 'file_system_type', values: ['OPENZFS'] },
  'VolumeType ONTAP': { property: 'VolumeType', attribute: 'volume_type', values: ['ONTAP'] },
};

/** A hypervisor is no virtual machine: nothing of it is backed up. */
const NOT_A_RESOURCE = 'hypervisor only';

const FEATURES = [
  'pitr',
  'coldStorage',
  'fullManagement',
  'incremental',
  'crossRegionCopy',
  'crossAccountCopy',
  'crossRegionAndAccountInOneCopy',
  'logicallyAirGapped',
  'composite',
  'index',
  'malwareScan',
  'restoreTesting',
  'auditManager',
  'stopBackupJobSupported',
] as const;

/** The type without its remark, and what the remark says. */
function splitType(text: string): { type: string; remark: string | undefined } {
  const match = /^(\S+)(?: \((.*)\))?$/.exec(text);
  if (match === null) {
    throw new Error(`${text} must be a type, or a type and a remark in brackets`);
  }
  const [, type = '', remark] = match;
  if (remark !== undefined && remark !== NOT_A_RESOURCE && VARIANTS[remark] === undefined) {
    throw new Error(`${text} must have a remark that VARIANTS knows`);
  }
  return { type, remark };
}

function render(row: Row, id: string): string[] {
  const cloudFormation = row.cloudFormationTypes.map(splitType).filter(({ remark }) => remark !== NOT_A_RESOURCE);
  const terraform = row.terraformTypes.map(splitType);
  const remark = [...cloudFormation, ...terraform].map((type) => type.remark).find((text) => text !== undefined);
  const value = (of: unknown): string => JSON.stringify(of).replace(/^"(.*)"$/s, (_, text: string) => quote(text));
  const list = (types: readonly { type: string }[]): string => `[${types.map(({ type }) => quote(type)).join(', ')}]`;
  const managementKey = row.managementPreferenceKey?.split('=')[0];
  const lines = [
    `id: ${quote(id)}`,
    `name: ${value(row.name)}`,
    `resourceType: ${value(row.resourceType)}`,
    `optInKey: ${value(row.optInKey)}`,
    ...(managementKey === undefined ? [] : [`managementPreferenceKey: ${quote(managementKey)}`]),
    `arnPattern: ${quote(row.arnPattern.replace(/ \(.*\)$/, '').replace(/^arn:aws:/, 'arn:{partition}:'))}`,
    `cloudFormationTypes: ${list(cloudFormation)}`,
    `terraformTypes: ${list(terraform)}`,
    ...(remark === undefined ? [] : [`variant: ${renderVariant(remark)}`]),
    `recoveryPointArnFormat: ${value(row.recoveryPointArnFormat)}`,
    ...FEATURES.map((feature) => `${feature}: ${JSON.stringify(row[feature])}`),
    `source: ${value(row.sourceOfFact)}`,
    `confidence: ${value(row.confidence)}`,
    `uncertainFields: [${Object.keys(row.fieldConfidence).map(quote).join(', ')}]`,
  ];
  return ['  {', ...lines.map((line) => `    ${line},`), '  },'];
}

function renderVariant(remark: string): string {
  const variant = VARIANTS[remark];
  if (variant === undefined) {
    throw new Error(`${remark} must be a remark that VARIANTS knows`);
  }
  const values = variant.values.map(quote).join(', ');
  return `{ property: ${quote(variant.property)}, attribute: ${quote(variant.attribute)}, values: [${values}] }`;
}

function quote(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

/**
 * The whole of services.ts.
 *
 * @param facts the text of service-support.json
 */
export function renderServices(facts: string): string {
  const rows = JSON.parse(facts) as readonly Row[];
  const lines = rows.flatMap((row) => {
    if (!(row.name in IDS)) {
      throw new Error(`${row.name} must have an id in tools/generate-support.ts`);
    }
    const id = IDS[row.name];
    return id === undefined ? [] : render(row, id);
  });
  return [
    '// ~~ Generated by tools/generate-support.ts from service-support.json. Edit those, not this.',
    "import { ServiceRow } from './service-row';",
    '',
    '// prettier-ignore',
    'export const SERVICES: readonly ServiceRow[] = [',
    ...lines,
    '];',
    '',
  ].join('\n');
}

/** Writes the table, or with `--check` fails where the committed one differs. */
function main(): void {
  const text = renderServices(readFileSync(SOURCE, 'utf8'));
  if (!process.argv.includes('--check')) {
    writeFileSync(TARGET, text);
  } else if (readFileSync(TARGET, 'utf8') !== text) {
    process.stderr.write('model/src/support/services.ts must be what tools/generate-support.ts writes; run it\n');
    process.exitCode = 1;
  }
}

if (require.main === module) {
  main();
}
