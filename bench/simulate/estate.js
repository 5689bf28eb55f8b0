// The estate of the measurement: a mix of services, a daily and a monthly rule, one copy of each.
'use strict';

const env = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };
const KEY = `arn:aws:kms:eu-central-1:${env.account}:key/11111111-2222-3333-4444-555555555555`;
const vaultArn = (name) => `arn:aws:backup:${env.region}:${env.account}:backup-vault:${name}`;

// In turn: one of each for every five resources.
const MIX = [
  ['dynamodb-advanced', 'DynamoDB', (name) => `arn:aws:dynamodb:${env.region}:${env.account}:table/${name}`],
  ['efs', 'EFS', (name) => `arn:aws:elasticfilesystem:${env.region}:${env.account}:file-system/fs-${name}`],
  ['ebs', 'EBS', (name) => `arn:aws:ec2:${env.region}:${env.account}:volume/vol-${name}`],
  ['s3', 'S3', (name) => `arn:aws:s3:::${name}`],
  ['rds', 'RDS', (name) => `arn:aws:rds:${env.region}:${env.account}:db:${name}`],
];

function estateOf(count) {
  const resources = Array.from({ length: count }, (_, i) => {
    const [service, resourceType, arnOf] = MIX[i % MIX.length];
    const name = `r${String(i).padStart(6, '0')}`;
    return {
      arn: arnOf(name),
      service,
      resourceType,
      name,
      env,
      sizeGiB: 1 + (i % 97),
      dailyChangePercent: 1 + (i % 7),
    };
  });
  const rule = (ruleName, scheduleExpression, deleteAfterDays) => ({
    ruleName,
    targetBackupVaultName: 'primary',
    scheduleExpression,
    lifecycle: { deleteAfterDays },
    copyActions: [{ destinationBackupVaultArn: vaultArn('second'), lifecycle: { deleteAfterDays } }],
  });
  return {
    vaults: ['primary', 'second'].map((backupVaultName) => ({ backupVaultName, env, encryptionKeyArn: KEY })),
    resources,
    plans: [
      {
        backupPlanName: 'everything',
        env,
        rules: [rule('daily', 'cron(0 5 ? * * *)', 35), rule('monthly', 'cron(0 5 1 * ? *)', 2555)],
        selections: [
          {
            selectionName: 'all',
            iamRoleArn: `arn:aws:iam::${env.account}:role/backup`,
            resources: ['*'],
          },
        ],
      },
    ],
  };
}

module.exports = { estateOf };
