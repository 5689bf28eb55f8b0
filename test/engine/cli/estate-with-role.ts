/** Estates whose selection has a role of the artifact itself, in the forms of CloudFormation and Terraform. */

export const ROLE = 'arn:aws:iam::123456789012:role/backup';
export const FOR_BACKUP = 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup';
export const FOR_S3_BACKUP = 'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup';

/** A statement of a policy, or a whole document of one. */
export type Statement = Readonly<Record<string, unknown>>;

export function policy(...statements: readonly Statement[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

export function trust(service = 'backup.amazonaws.com', more: Statement = {}): object {
  return policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...more });
}

/** What varies: properties of the role, what is selected, and what else is declared. */
export interface Variation {
  readonly role?: Readonly<Record<string, unknown>>;
  readonly selection?: Readonly<Record<string, unknown>>;
  readonly rule?: Readonly<Record<string, unknown>>;
  readonly resources?: Readonly<Record<string, object>>;
}

const TABLE = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'orders',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  },
};

const VERSIONED = { VersioningConfiguration: { Status: 'Enabled' } };

/** A template with a table, two buckets, a vault, and a plan that selects by ARN. */
export function template({ role, selection, rule, resources = {} }: Variation = {}): string {
  const bucket = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName, ...VERSIONED } });
  const Role = {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'backup', AssumeRolePolicyDocument: trust(), ...role },
  };
  return JSON.stringify({
    Resources: {
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Orders: TABLE,
      Logs: bucket('logs-of-orders'),
      Bills: bucket('bills-of-orders'),
      ...(role === undefined ? {} : { Role }),
      Plan: {
        Type: 'AWS::Backup::BackupPlan',
        Properties: {
          BackupPlan: {
            BackupPlanName: 'daily',
            BackupPlanRule: [
              {
                RuleName: 'daily',
                TargetBackupVault: { Ref: 'Vault' },
                ScheduleExpression: 'cron(0 5 * * ? *)',
                Lifecycle: { DeleteAfterDays: 35 },
                ...rule,
              },
            ],
          },
        },
      },
      Selection: {
        Type: 'AWS::Backup::BackupSelection',
        Properties: {
          BackupPlanId: { Ref: 'Plan' },
          BackupSelection: {
            SelectionName: 'all',
            IamRoleArn: role === undefined ? ROLE : { 'Fn::GetAtt': ['Role', 'Arn'] },
            Resources: ['arn:aws:dynamodb:*:*:table/*'],
            ...selection,
          },
        },
      },
      ...resources,
    },
  });
}

/** The table, the vault and the plan as JSON of Terraform; attached are ARNs of managed policies. */
export function terraform(attached: readonly string[], inline?: string, declared = true): string {
  const role = declared ? '${aws_iam_role.backup.arn}' : ROLE;
  const attachments = attached.map((policy_arn, index) => [
    `a${index}`,
    { role: '${aws_iam_role.backup.name}', policy_arn },
  ]);
  return JSON.stringify({
    ...(inline?.includes('var.') === true ? { variable: { bucket: {} } } : {}),
    provider: { aws: [{ region: 'us-east-1' }] },
    resource: {
      aws_backup_vault: { main: { name: 'main' } },
      aws_dynamodb_table: {
        orders: {
          name: 'orders',
          hash_key: 'id',
          billing_mode: 'PAY_PER_REQUEST',
          attribute: [{ name: 'id', type: 'S' }],
        },
      },
      ...(declared
        ? { aws_iam_role: { backup: { name: 'backup', assume_role_policy: JSON.stringify(trust()) } } }
        : {}),
      ...(attached.length > 0 ? { aws_iam_role_policy_attachment: Object.fromEntries(attachments) } : {}),
      ...(inline === undefined
        ? {}
        : { aws_iam_role_policy: { own: { role: '${aws_iam_role.backup.name}', name: 'own', policy: inline } } }),
      aws_backup_plan: {
        daily: {
          name: 'daily',
          rule: [
            {
              rule_name: 'daily',
              target_vault_name: '${aws_backup_vault.main.name}',
              schedule: 'cron(0 5 * * ? *)',
              lifecycle: { delete_after: 35 },
            },
          ],
        },
      },
      aws_backup_selection: {
        all: {
          name: 'all',
          plan_id: '${aws_backup_plan.daily.id}',
          iam_role_arn: role,
          resources: ['${aws_dynamodb_table.orders.arn}'],
        },
      },
    },
  });
}
