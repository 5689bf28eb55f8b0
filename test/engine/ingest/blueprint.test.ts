import { BlueprintDocument, DocumentShape, Estate } from '@holdfast/model';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { read, refusal } from './read';

const TEXT = `
schema: holdfast.blueprint/1
env: { account: '111122223333', region: eu-west-1 }
vaults:
  - backupVaultName: main
    vaultLock: { minRetentionDays: 7 }
    tags: { stage: prod }
  - backupVaultName: copy
    env: { region: us-gov-west-1 }
    declaredAt: elsewhere
plans:
  - backupPlanName: daily
    rules:
      - ruleName: daily
        targetBackupVaultName: main
        scheduleExpression: cron(0 5 ? * * *)
        lifecycle: { deleteAfterDays: 35 }
        copyActions: [{ destinationBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:copy' }]
    selections:
      - selectionName: all
        iamRoleArn: arn:aws:iam::111122223333:role/r
        listOfTags: [{ conditionKey: backup, conditionValue: yes }]
resources:
  - { arn: 'arn:aws:s3:::b', service: s3, resourceType: S3, name: b, sizeGiB: 2 }
regionSettings:
  - resourceTypeOptInPreference: { EFS: false }
frameworks:
  - frameworkName: basics
    controls: [{ controlName: BACKUP_RECOVERY_POINT_ENCRYPTED, controlInputParameters: [] }]
restoreTestingPlans:
  - restoreTestingPlanName: drill
    recoveryPointSelection: { algorithm: LATEST_WITHIN_WINDOW, recoveryPointTypes: [SNAPSHOT], includeVaults: ['*'] }
    scheduleExpression: cron(0 5 ? * * *)
    selections:
      - { restoreTestingSelectionName: tables, protectedResourceType: DynamoDB, iamRoleArn: 'arn:aws:iam::1:role/r' }
resourcesAreComplete: true
`;

const HERE = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };

const ESTATE: Estate = {
  vaults: [
    {
      backupVaultName: 'main',
      vaultLock: { minRetentionDays: 7 },
      tags: { stage: 'prod' },
      env: HERE,
      declaredAt: 'b.yaml: vaults[0]',
    },
    {
      backupVaultName: 'copy',
      env: { ...HERE, partition: 'aws-us-gov', region: 'us-gov-west-1' },
      declaredAt: 'elsewhere',
    },
  ],
  plans: [
    {
      backupPlanName: 'daily',
      env: HERE,
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 5 ? * * *)',
          lifecycle: { deleteAfterDays: 35 },
          copyActions: [{ destinationBackupVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:copy' }],
        },
      ],
      selections: [
        {
          selectionName: 'all',
          iamRoleArn: 'arn:aws:iam::111122223333:role/r',
          listOfTags: [{ conditionKey: 'backup', conditionValue: 'yes' }],
          declaredAt: 'b.yaml: plans[0].selections[0]',
        },
      ],
      declaredAt: 'b.yaml: plans[0]',
    },
  ],
  resources: [
    {
      arn: 'arn:aws:s3:::b',
      service: 's3',
      resourceType: 'S3',
      name: 'b',
      sizeGiB: 2,
      env: HERE,
      declaredAt: 'b.yaml: resources[0]',
    },
  ],
  regionSettings: [{ resourceTypeOptInPreference: { EFS: false }, env: HERE, declaredAt: 'b.yaml: regionSettings[0]' }],
  frameworks: [
    {
      frameworkName: 'basics',
      controls: [{ controlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED', controlInputParameters: [] }],
      env: HERE,
      declaredAt: 'b.yaml: frameworks[0]',
    },
  ],
  restoreTestingPlans: [
    {
      restoreTestingPlanName: 'drill',
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        recoveryPointTypes: ['SNAPSHOT'],
        includeVaults: ['*'],
      },
      scheduleExpression: 'cron(0 5 ? * * *)',
      selections: [
        {
          restoreTestingSelectionName: 'tables',
          protectedResourceType: 'DynamoDB',
          iamRoleArn: 'arn:aws:iam::1:role/r',
          declaredAt: 'b.yaml: restoreTestingPlans[0].selections[0]',
        },
      ],
      env: HERE,
      declaredAt: 'b.yaml: restoreTestingPlans[0]',
    },
  ],
  resourcesAreComplete: true,
};

describe('a blueprint', () => {
  test('is an estate whose environment is said once', () => {
    expect(read({ 'b.yaml': TEXT })).toEqual({ estate: ESTATE, notRead: [] });
  });

  test('says the same in JSON, an estate as it is', () => {
    const { estate } = read({ 'b.json': { schema: 'holdfast.blueprint/1', ...ESTATE } });
    expect(estate).toEqual(ESTATE);
  });

  test('takes a resource as an inventory has it', () => {
    const resources = [
      { arn: 'arn:aws:rds:us-east-1:111122223333:db:r' },
      { type: 'DynamoDB', name: 'orders', region: 'us-east-1', sizeGiB: 4 },
      { service: 'neptune', name: 'graph', declaredAt: 'elsewhere' },
    ];
    const { estate } = read({ 'b.json': { schema: 'holdfast.blueprint/1', env: HERE, resources } });
    expect(estate.resources?.map(({ arn, service, declaredAt }) => [arn, service, declaredAt])).toEqual([
      ['arn:aws:rds:us-east-1:111122223333:db:r', 'rds', 'b.json: resources[0]'],
      ['arn:aws:dynamodb:us-east-1:111122223333:table/orders', 'dynamodb-advanced', 'b.json: resources[1]'],
      ['arn:aws:rds:eu-west-1:111122223333:cluster:graph', 'neptune', 'elsewhere'],
    ]);
  });

  test('passes on its waivers, with paths as findings have them', () => {
    const waivers = [
      { rule: 'a', path: 'plans[0].rules[0]', reason: 'agreed' },
      { rule: 'b', path: '*', reason: 'agreed', expires: '2027-01-01' },
    ];
    expect(read({ 'b.json': { schema: 'holdfast.blueprint/1', waivers } }).waivers).toEqual([
      { rule: 'a', path: 'b.json: plans[0].rules[0]', reason: 'agreed' },
      { rule: 'b', path: '*', reason: 'agreed', expires: '2027-01-01' },
    ]);
  });

  test('has a policy as an object, or as JSON text', () => {
    const vaults = [
      { backupVaultName: 'one', accessPolicy: { Version: '2012-10-17' } },
      { backupVaultName: 'two', accessPolicy: '{"Version":"2012-10-17"}' },
    ];
    const { estate } = read({ 'b.json': { schema: 'holdfast.blueprint/1', vaults } });
    expect(estate.vaults?.[1]?.accessPolicy).toEqual(estate.vaults?.[0]?.accessPolicy);
  });

  test('has the fields of the published schema, and no others', () => {
    const text = fs.readFileSync(path.join(__dirname, '../../../docs/blueprint.schema.json'), 'utf8');
    const schema = JSON.parse(text) as Schema;
    expect(formOf(BlueprintDocument.SHAPE)).toEqual(formOfSchema(schema, schema));
  });

  test('joins the artifacts beside it', () => {
    const template = { Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'other' } } } };
    const { estate } = read({ 'b.yaml': TEXT, 't.json': template });
    expect(estate.resources?.map(({ arn }) => arn)).toEqual(['arn:aws:s3:::other', 'arn:aws:s3:::b']);
    expect(estate.plans).toHaveLength(1);
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['a misspelt field',          { vaults: [{ backupVaultNam: 'x' }] },                   'vaults[0].backupVaultNam is not a field here; did you mean backupVaultName?'],
    ['a field of another world',  { vaults: [{ backupVaultName: 'x', zzzzzz: 1 }] },       'vaults[0].zzzzzz is not a field here; the fields are backupVaultName, env, encryptionKeyArn, accessPolicy, vaultLock, notifications, tags, declaredAt'],
    ['text for a number',         { vaults: [{ backupVaultName: 'x', vaultLock: { minRetentionDays: '7' } }] }, 'vaults[0].vaultLock.minRetentionDays must be a number, got "7"'],
    ['a number for text',         { vaults: [{ backupVaultName: 7 }] },                    'vaults[0].backupVaultName must be text, got 7 (quote it)'],
    ['an object for a list',      { plans: {} },                                           'plans must be a list, got {}'],
    ['a list for an object',      { plans: [[]] },                                         'plans[0] must be an object, got []'],
    ['text for a truth',          { resourcesAreComplete: 'yes' },                         'resourcesAreComplete must be true or false, got "yes"'],
    ['a tag that is no text',     { vaults: [{ backupVaultName: 'x', tags: { a: true } }] }, 'vaults[0].tags.a must be text, got true (quote it)'],
    ['an account as a number',    { env: { account: 111122223333 } },                      'env.account must be text, got 111122223333 (quote it)'],
    ['an account too short',      { env: { account: '1' } },                               'env.account must be 12 digits, got "1"'],
    ['a service nobody knows',    { resources: [{ arn: 'a', service: 's4', resourceType: 'S3', name: 'b' }] }, expect.stringMatching(/^resources\[0\]\.service must be one of ec2, ebs, s3, .*, got s4$/) as string],
    ['a resource that names nothing', { resources: [{ type: 'S3' }] },                     'resources[0] must have an arn, or a type and a name'],
    ['a policy that is no JSON',  { vaults: [{ backupVaultName: 'x', accessPolicy: 'x' }] }, 'vaults[0].accessPolicy must be a policy document, or one as JSON text'],
    ['a waiver without reason',   { waivers: [{ rule: 'a', path: '*' }] },                 'waivers[0].reason is not set'],
  ])('fails on %s, naming its place', (_title, content, expected) => {
    const message = refusal(() => read({ 'b.json': { schema: 'holdfast.blueprint/1', ...content } }));
    expect(message.startsWith('b.json: ')).toBe(true);
    expect(message.slice('b.json: '.length)).toEqual(expected);
  });

  test('fails on all that is wrong at once: first of its form, then of what it says', () => {
    const form = {
      vaults: [{ backupVaultName: 7, zz: 1 }, { tags: { a: 1 } }],
      waivers: [{ rule: 'a' }],
    };
    const lines = (content: object) =>
      refusal(() => read({ 'b.json': { schema: 'holdfast.blueprint/1', ...content } }))
        .split('\n')
        .map((line) => line.replace('b.json: ', '').replace(/; the fields are .*/, ''));
    expect(lines(form)).toEqual([
      'vaults[0].backupVaultName must be text, got 7 (quote it)',
      'vaults[0].zz is not a field here',
      'vaults[1].tags.a must be text, got 1 (quote it)',
      'waivers[0].path is not set',
      'waivers[0].reason is not set',
    ]);
    const said = {
      env: { account: '1' },
      vaults: [{ accessPolicy: 'x' }, { accessPolicy: 'y', env: { account: '2' } }],
      resources: [{ type: 'S3' }, { type: 'S3', name: 'b' }, { type: 'S3', name: 'b', sizeGiB: -1 }],
    };
    expect(lines(said)).toEqual([
      'env.account must be 12 digits, got "1"',
      'vaults[1].env.account must be 12 digits, got "2"',
      'vaults[0].accessPolicy must be a policy document, or one as JSON text',
      'vaults[1].accessPolicy must be a policy document, or one as JSON text',
      'resources[0] must have an arn, or a type and a name',
      'resources[2].sizeGiB must be at least 0, got -1',
    ]);
  });

  test('and artifacts of other forms beside it are refused at once', () => {
    const template = { Resources: { B: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: [] } } } };
    const blueprint = { schema: 'holdfast.blueprint/1', plans: {} };
    expect(refusal(() => read({ 'b.json': blueprint, 't.json': template })).split('\n')).toEqual([
      expect.stringMatching(/^t\.json: B\.BackupVaultName must be text/),
      'b.json: plans must be a list, got {}',
    ]);
  });
});

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly const?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** A shape in a form that both the table and the schema have. */
function formOf({ kind, element, members }: DocumentShape): unknown {
  if (element !== undefined) {
    return [formOf(element)];
  }
  return members === undefined
    ? kind
    : Object.fromEntries(
        Object.entries(members).map(([name, { shape, required }]) => [
          `${name}${required === true ? '!' : ''}`,
          formOf(shape),
        ]),
      );
}

function formOfSchema(schema: Schema, root: Schema): unknown {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice('#/$defs/'.length);
    return formOfSchema(root.$defs?.[name] ?? {}, root);
  }
  if (schema.items !== undefined) {
    return [formOfSchema(schema.items, root)];
  }
  if (schema.properties !== undefined) {
    const required = schema.required ?? [];
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, inner]) => [
        `${name}${required.includes(name) ? '!' : ''}`,
        formOfSchema(inner, root),
      ]),
    );
  }
  if (typeof schema.additionalProperties === 'object') {
    return schema.additionalProperties.type === 'boolean' ? 'boolean-map' : 'text-map';
  }
  const scalars: Readonly<Record<string, string>> = { string: 'text', number: 'number', boolean: 'boolean' };
  return schema.const !== undefined ? 'text' : (scalars[schema.type ?? ''] ?? 'any');
}
