// What `check` finds in declared roles beside those of plain selections: restore tests, stacks, policies of organizations.
import type { CheckAnswer } from '../../../engine/src/cli/check';
import { ORGANIZATION_IDS } from '../../../engine/src/ingest/organizations';
import { FOR_BACKUP, FOR_S3_BACKUP, policy, template, trust, Variation } from './estate-with-role';
import { answerOf, cli } from './run-cli';

const FOR_RESTORES = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores';
const BACKS_UP = { ManagedPolicyArns: [FOR_BACKUP, FOR_S3_BACKUP] };
const ORDERS = 'arn:aws:dynamodb:us-east-1:123456789012:table/orders';

async function check(artifact: string, files: Readonly<Record<string, string>>, about: RegExp) {
  const result = await cli(['check', artifact, '--format', 'json'], files);
  const { findings } = answerOf<CheckAnswer>(result);
  return findings.filter(({ rule }) => about.test(rule));
}

function inline(...statements: readonly object[]) {
  return { Policies: [{ PolicyName: 'own', PolicyDocument: policy(...(statements as Record<string, unknown>[])) }] };
}

function allow(Action: string | readonly string[], Resource = '*') {
  return { Effect: 'Allow', Action, Resource };
}

describe('the role of a restore testing selection', () => {
  interface Tests {
    readonly role?: object;
    readonly selection?: object;
    readonly points?: object;
    readonly rule?: Variation['rule'];
  }

  function tested({ role, selection, points, rule }: Tests): string {
    const resources = {
      Drill: {
        Type: 'AWS::Backup::RestoreTestingPlan',
        Properties: {
          RestoreTestingPlanName: 'drill',
          ScheduleExpression: 'cron(0 12 ? * * *)',
          RecoveryPointSelection: {
            Algorithm: 'LATEST_WITHIN_WINDOW',
            RecoveryPointTypes: ['SNAPSHOT'],
            IncludeVaults: ['*'],
            ...points,
          },
        },
      },
      Tables: {
        Type: 'AWS::Backup::RestoreTestingSelection',
        Properties: {
          RestoreTestingPlanName: { Ref: 'Drill' },
          RestoreTestingSelectionName: 'tables',
          ProtectedResourceType: 'DynamoDB',
          ProtectedResourceArns: ['*'],
          IamRoleArn:
            role === undefined ? 'arn:aws:iam::123456789012:role/restore' : { 'Fn::GetAtt': ['Restore', 'Arn'] },
          ...selection,
        },
      },
      ...(role !== undefined && {
        Restore: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'restore', AssumeRolePolicyDocument: trust(), ...role },
        },
      }),
    };
    return template({ role: BACKS_UP, resources, ...(rule && { rule }) });
  }

  const RESTORES = { ManagedPolicyArns: [FOR_RESTORES] };
  const OTHER = 'arn:aws:dynamodb:us-east-1:123456789012:table/other';
  const ALLOWED = 'restore-testing-selection-role-allowed';
  const USABLE = 'restore-testing-selection-role-usable';
  const VAULT = 'arn:aws:backup:us-east-1:123456789012:backup-vault:main';

  // prettier-ignore
  test.each<[what: string, tests: Tests, rules: readonly string[], text: string]>([
    ['has no policy',                          { role: {} }, [ALLOWED], `may not dynamodb:RestoreTableFromAwsBackup for a restore of ${ORDERS} (`],
    ['has those of backups alone',             { role: BACKS_UP }, [ALLOWED], `the managed policy ${FOR_RESTORES} allows it`],
    ['has those of restores',                  { role: RESTORES }, [], ''],
    ['may restore tests alone',                { role: inline(allow('dynamodb:*', 'arn:aws:dynamodb:*:*:table/awsbackup-restore-test-*')) }, [], ''],
    ['may restore one table that is not made', { role: inline(allow('dynamodb:*', OTHER)) }, [ALLOWED], 'no identity-based policy allows it'],
    ['is not for AWS Backup',                  { role: { ...RESTORES, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') } }, [USABLE], 'IAM Role cannot be assumed by AWS Backup'],
    ['is declared elsewhere',                  {}, [], ''],
    ['tests a type that no plan backs up',     { role: {}, selection: { ProtectedResourceType: 'RDS' } }, [], ''],
    ['tests one table of another name',        { role: {}, selection: { ProtectedResourceArns: [OTHER] } }, [], ''],
    ['tests this table by its ARN',            { role: {}, selection: { ProtectedResourceArns: [ORDERS] } }, [ALLOWED], ORDERS],
    ['tests tags that the table lacks',        { role: {}, selection: { ProtectedResourceConditions: { StringEquals: [{ Key: 'aws:ResourceTag/team', Value: 'a' }] } } }, [], ''],
    ['tests vaults without its points',        { role: {}, points: { ExcludeVaults: [VAULT] } }, [], ''],
    ['tests continuous points alone',          { role: {}, points: { RecoveryPointTypes: ['CONTINUOUS'] } }, [], ''],
  ])('%s', async (_, tests, rules, text) => {
    const found = await check('s.json', { 's.json': tested(tests) }, /^restore-testing-selection-role-/);
    expect(found.map(({ rule, effect, path }) => [rule, effect, path])).toEqual(
      rules.map((rule) => [rule, 'fails-at-run', 's.json: Tables.iamRoleArn']),
    );
    expect(found[0]?.message ?? '').toContain(text);
  });

  test('may need the key of the vault in which the point is', async () => {
    const other = {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Principal: { AWS: 'arn:aws:iam::123456789012:role/admin' },
    };
    const sealed = {
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: policy(other) } },
      Sealed: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: 'sealed', EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    };
    const { Resources } = JSON.parse(tested({ role: RESTORES, rule: { TargetBackupVault: 'sealed' } })) as {
      Resources: object;
    };
    const text = JSON.stringify({ Resources: { ...Resources, ...sealed } });
    const found = await check('s.json', { 's.json': text }, /^restore-testing-selection-role-/);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(
      /may not kms:CreateGrant for a restore of .*: no resource-based policy allows it$/,
    );
  });
});

test('a stack that is selected takes what its own part and its members take (B4.5/1)', async () => {
  const selection = { Resources: [{ Ref: 'AWS::StackId' }] };
  const of = async (role: Variation['role']) => {
    const files = { 's.json': template({ role: role ?? {}, selection }) };
    const found = await check('s.json', files, /^selection-role-/);
    return found.map(({ message }) =>
      /which may not (\S+?),? .*for a (backup) of (.*?) \(?/.exec(message)?.slice(1).join(' '),
    );
  };
  expect(await of(inline(allow('cloudformation:GetTemplate')))).toEqual([
    expect.stringContaining('s3:GetBucketVersioning backup'),
    expect.stringContaining(`dynamodb:StartAwsBackupJob backup ${ORDERS}`),
  ]);
  expect(await of({})).toHaveLength(3);
  expect(await of(BACKS_UP)).toEqual([]);
});

describe('the role of a backup policy', () => {
  const MANAGEMENT = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  const [FIRST, SECOND] = ['one', 'two'].map((name) => ORGANIZATION_IDS.account(MANAGEMENT, `${name}@example.com`)) as [
    string,
    string,
  ];
  const assign = (value: unknown) => ({ '@@assign': value });
  const CONTENT = {
    plans: {
      daily: {
        regions: assign(['us-east-1']),
        rules: {
          daily: {
            target_backup_vault_name: assign('main'),
            schedule_expression: assign('cron(0 5 ? * * *)'),
            lifecycle: { delete_after_days: assign('35') },
          },
        },
        selections: {
          tags: {
            tables: {
              iam_role_arn: assign('arn:aws:iam::$account:role/backup'),
              tag_key: assign('backup'),
              tag_value: assign(['daily']),
            },
          },
        },
      },
    },
  };
  const PATH = 'out/org.json: Backup.plans.daily.selections.tags.tables.iam_role_arn';

  function organization(): object {
    const member = (name: string) => ({
      Type: 'AWS::Organizations::Account',
      Properties: { AccountName: name, Email: `${name}@example.com`, ParentIds: [{ 'Fn::GetAtt': ['Org', 'RootId'] }] },
    });
    const Backup = {
      Type: 'AWS::Organizations::Policy',
      Properties: { Name: 'backup', Type: 'BACKUP_POLICY', Content: CONTENT, TargetIds: [FIRST, SECOND] },
    };
    return {
      Org: { Type: 'AWS::Organizations::Organization', Properties: { FeatureSet: 'ALL' } },
      One: member('one'),
      Two: member('two'),
      Backup,
    };
  }

  function account(role: object | undefined): object {
    return {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Orders: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'orders',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
          Tags: [{ Key: 'backup', Value: 'daily' }],
        },
      },
      ...(role && {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'backup', AssumeRolePolicyDocument: trust(), ...role },
        },
      }),
    };
  }

  async function found(one: object | undefined, two: object | undefined) {
    const stack = (id: string, templateFile: string) => ({
      type: 'aws:cloudformation:stack',
      environment: `aws://${id}/us-east-1`,
      properties: { templateFile },
    });
    const artifacts = {
      Org: stack(MANAGEMENT.account, 'org.json'),
      One: stack(FIRST, 'one.json'),
      Two: stack(SECOND, 'two.json'),
    };
    const files = {
      'out/manifest.json': JSON.stringify({ version: '38.0.0', artifacts }),
      'out/org.json': JSON.stringify({ Resources: organization() }),
      'out/one.json': JSON.stringify({ Resources: account(one) }),
      'out/two.json': JSON.stringify({ Resources: account(two) }),
    };
    return (await check('out', files, /^organization-selection-role-/)).map(({ rule, path, message }) => {
      expect(path).toBe(PATH);
      return [rule, message] as const;
    });
  }

  test('may do in each account what backups take', async () => {
    expect(await found(BACKS_UP, BACKS_UP)).toEqual([]);
    const tags = inline(allow('tag:GetResources'));
    expect(await found(BACKS_UP, tags)).toEqual([
      [
        'organization-selection-role-allowed',
        expect.stringContaining(
          `arn:aws:iam::${SECOND}:role/backup, which may not dynamodb:StartAwsBackupJob for a backup of`,
        ),
      ],
    ]);
  });

  test('can be used in each account', async () => {
    const [first, ...others] = await found(
      { ...BACKS_UP, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') },
      BACKS_UP,
    );
    expect(first).toEqual([
      'organization-selection-role-usable',
      expect.stringContaining(
        `jobs fail with 'IAM Role arn:aws:iam::${FIRST}:role/backup cannot be assumed by AWS Backup'`,
      ),
    ]);
    expect(others).toEqual([]);
  });

  test("is missing where one account has it and another has not, and is nobody's fault where none has", async () => {
    expect(await found(undefined, BACKS_UP)).toEqual([
      [
        'organization-selection-role-exists',
        expect.stringContaining(`got backup, which the artifacts declare in ${SECOND} and not in ${FIRST}`),
      ],
    ]);
    expect(await found(undefined, undefined)).toEqual([]);
  });
});
