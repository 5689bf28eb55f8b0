// The estate of the measurement: an organization whose policies back up and protect every account in every Region.
'use strict';

const PARTITION = 'aws';
const MANAGEMENT = '000000000001';
const CENTRAL = '000000000002';
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const ORGANIZATION = 'o-benchmark0';
const ROOT = 'r-benc';
const UNIT = 'ou-benc-workload';
const KEY = '11111111-2222-3333-4444-555555555555';

const envOf = (account, region) => ({ partition: PARTITION, account, region });
const keyArn = ({ account, region }) => `arn:aws:kms:${region}:${account}:key/${KEY}`;
const roleArn = (account) => `arn:aws:iam::${account}:role/backup`;
const assign = (value) => ({ '@@assign': value });

// In turn: one of each for every five resources. Whether its backups are under a key of its own.
const MIX = [
  ['dynamodb-advanced', 'DynamoDB', (env, name) => `arn:aws:dynamodb:${env.region}:${env.account}:table/${name}`, false],
  ['efs', 'EFS', (env, name) => `arn:aws:elasticfilesystem:${env.region}:${env.account}:file-system/fs-${name}`, false],
  ['ebs', 'EBS', (env, name) => `arn:aws:ec2:${env.region}:${env.account}:volume/vol-${name}`, true],
  ['s3', 'S3', (env, name) => `arn:aws:s3:::${name}-${env.account}-${env.region}`, false],
  ['rds', 'RDS', (env, name) => `arn:aws:rds:${env.region}:${env.account}:db:${name}`, true],
];

/** An organization of `accounts` workload accounts with `resources` in each of its Regions. */
function estateOf(accounts, regions, resources) {
  const workloads = Array.from({ length: accounts }, (_, i) => String(100_000_000_001 + i));
  const names = REGIONS.slice(0, regions);
  const places = workloads.flatMap((account) => names.map((region) => envOf(account, region)));
  const central = names.map((region) => envOf(CENTRAL, region));
  return {
    organizations: [organizationOf(workloads, names)],
    organizationSettings: [{ env: envOf(MANAGEMENT, names[0]), settings: { isCrossAccountBackupEnabled: true } }],
    keys: [...places, ...central].map((env) => ({ env, keyId: KEY, keyPolicy: keyPolicyOf(env.account) })),
    roles: workloads.map(roleOf),
    vaults: [...places.map(mainVault), ...central.map(centralVault)],
    resources: places.flatMap((env) => Array.from({ length: resources }, (_, i) => resourceOf(env, i))),
    queues: central.map((env) => ({ queueName: 'alarms', env })),
    eventRules: places.map((env) => failuresRule(env)),
  };
}

function organizationOf(workloads, regions) {
  const rule = (region, days, schedule) => ({
    schedule_expression: assign(schedule),
    start_backup_window_minutes: assign('480'),
    target_backup_vault_name: assign('main'),
    lifecycle: { delete_after_days: assign(String(days)) },
    copy_actions: {
      [`arn:aws:backup:${region}:${CENTRAL}:backup-vault:central`]: {
        target_backup_vault_arn: assign(`arn:aws:backup:${region}:${CENTRAL}:backup-vault:central`),
        lifecycle: { delete_after_days: assign(String(days)) },
      },
    },
  });
  const plan = (region) => ({
    regions: assign([region]),
    rules: { daily: rule(region, 35, 'cron(0 5 ? * * *)'), monthly: rule(region, 365, 'cron(0 5 1 * ? *)') },
    selections: {
      tags: {
        protected: {
          iam_role_arn: assign('arn:aws:iam::$account:role/backup'),
          tag_key: assign('backup'),
          tag_value: assign(['yes']),
        },
      },
    },
  });
  return {
    env: envOf(MANAGEMENT, ''),
    organizationId: ORGANIZATION,
    rootId: ROOT,
    units: [{ unitId: UNIT, unitName: 'workloads', parentId: ROOT }],
    members: [
      { accountId: CENTRAL, accountName: 'central', email: 'central@example.com' },
      ...workloads.map((accountId) => ({
        accountId,
        accountName: `workload-${accountId}`,
        email: `${accountId}@example.com`,
        parentId: UNIT,
      })),
    ],
    policies: [
      {
        policyId: 'p-benchbackup',
        policyName: 'backups',
        policyType: 'BACKUP_POLICY',
        content: { plans: Object.fromEntries(regions.map((region) => [`central-${region}`, plan(region)])) },
        targetIds: [UNIT],
      },
      {
        policyId: 'p-benchguard0',
        policyName: 'guardrail',
        policyType: 'SERVICE_CONTROL_POLICY',
        content: guardrail(),
        targetIds: [UNIT],
      },
    ],
  };
}

function guardrail() {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KeepRecoveryPoints',
        Effect: 'Deny',
        Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:DeleteBackupVault'],
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } },
      },
      {
        Sid: 'CopyHomeOnly',
        Effect: 'Deny',
        Action: 'backup:CopyFromBackupVault',
        Resource: '*',
        Condition: {
          'ForAllValues:ArnNotLike': { 'backup:CopyTargets': `arn:aws:backup:*:${CENTRAL}:backup-vault:central` },
        },
      },
    ],
  };
}

function keyPolicyOf(account) {
  const statement = (Sid, accounts, Action) => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: accounts.map((one) => `arn:aws:iam::${one}:root`) },
    Action,
    Resource: '*',
  });
  const shared = statement('Copies', [CENTRAL], ['kms:DescribeKey', 'kms:Decrypt', 'kms:CreateGrant']);
  return {
    Version: '2012-10-17',
    Statement: [statement('Account', [account], 'kms:*'), ...(account === CENTRAL ? [] : [shared])],
  };
}

function roleOf(account) {
  return {
    env: envOf(account, ''),
    roleName: 'backup',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    managedPolicyArns: [
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup',
    ],
  };
}

function mainVault(env) {
  return { backupVaultName: 'main', env, encryptionKeyArn: keyArn(env), vaultLock: { minRetentionDays: 7 } };
}

function centralVault(env) {
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } };
  const Statement = [
    { Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*', Condition },
  ];
  return {
    backupVaultName: 'central',
    env,
    encryptionKeyArn: keyArn(env),
    accessPolicy: { Version: '2012-10-17', Statement },
  };
}

function resourceOf(env, i) {
  const [service, resourceType, arnOf, ownKey] = MIX[i % MIX.length];
  const name = `r${String(i).padStart(4, '0')}`;
  return {
    arn: arnOf(env, name),
    service,
    resourceType,
    name,
    env,
    sizeGiB: 1 + (i % 97),
    dailyChangePercent: 1 + (i % 7),
    tags: { backup: 'yes' },
    ...(ownKey ? { encryptedWith: keyArn(env) } : {}),
  };
}

/** Every job's change of state is an event that this rule looks at; failures go to a queue. */
function failuresRule(env) {
  return {
    ruleName: 'failures',
    env,
    eventPattern: {
      source: ['aws.backup'],
      'detail-type': ['Backup Job State Change', 'Copy Job State Change'],
      detail: { state: ['FAILED', 'EXPIRED', 'ABORTED'] },
    },
    targets: [{ targetId: 'queue', targetArn: `arn:aws:sqs:${env.region}:${CENTRAL}:alarms` }],
  };
}

module.exports = { estateOf };
