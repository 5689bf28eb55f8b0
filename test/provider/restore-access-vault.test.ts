import { RestoreAccessVault, RestoreAccessVaultProps } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, annotations, comment, only, refusal, resolve, stackOf, variables } from './support/stacks';

const TYPE = 'aws_lambda_invocation';
const SOURCE = 'arn:aws:backup:eu-central-1:444455556666:backup-vault:gapped';
const TEAM = 'arn:aws:mpa:us-east-1:444455556666:approval-team/restore-a1b2c3d4';

function access(stack: TerraformStack, props: Partial<RestoreAccessVaultProps> = {}): RestoreAccessVault {
  return new RestoreAccessVault(stack, 'Access', { sourceBackupVaultArn: SOURCE, requesterComment: 'drill', ...props });
}

function inputOf(props: Partial<RestoreAccessVaultProps> = {}): Record<string, unknown> {
  const stack = stackOf();
  access(stack, props);
  return JSON.parse(String(only(stack, TYPE).input)) as Record<string, unknown>;
}

/** What the function may do, as actions to resources, without its log. */
function rights(props: Partial<RestoreAccessVaultProps> = {}): [unknown, unknown][] {
  const stack = stackOf();
  access(stack, props);
  const { Statement } = JSON.parse(String(only(stack, 'aws_iam_policy').policy)) as {
    Statement: { Action: unknown; Resource: unknown }[];
  };
  return Statement.filter(({ Action }) => !JSON.stringify(Action).includes('logs:')).map(({ Action, Resource }) => [
    Action,
    Resource,
  ]);
}

const own = (name: string) => `arn:aws:backup:eu-central-1:111122223333:backup-vault:${name}`;

test('asks with what was given at each step of its life, and stays when it is destroyed', () => {
  const stack = stackOf();
  access(stack, { backupVaultName: 'access', tags: { owner: 'platform' } });
  const invocation = only(stack, TYPE);
  expect(invocation).toMatchObject({
    function_name: '${aws_lambda_function.Access_Function_563E036C.function_name}',
    lifecycle_scope: 'CRUD',
    triggers: { source: SOURCE, name: 'access' },
  });
  expect(JSON.parse(String(invocation.input))).toEqual({
    SourceBackupVaultArn: SOURCE,
    BackupVaultName: 'access',
    RequesterComment: 'drill',
    BackupVaultTags: { owner: 'platform' },
    RequestId: expect.stringMatching(/^c8[0-9a-f]{40}$/) as string,
    RevokeOnDestroy: false,
  });
  expect(inputOf({ revokeOnDestroy: true }).RevokeOnDestroy).toBe(true);
});

test('has a name of its own, as Terraform keeps none that AWS chose', () => {
  const { BackupVaultName } = inputOf();
  expect(BackupVaultName).toMatch(/^restore-access-[0-9a-f]{8}$/);
  const stack = stackOf();
  expect(new RestoreAccessVault(stack, 'Other', { sourceBackupVaultArn: SOURCE }).backupVaultName).not.toBe(
    BackupVaultName,
  );
});

test('gives what it was told of the vault', () => {
  const stack = stackOf();
  const made = access(stack, { backupVaultName: 'access' });
  expect(made.backupVaultName).toBe('access');
  expect([made.backupVaultArn, made.vaultState].map((it) => resolve(stack, it))).toEqual(
    ['BackupVaultArn', 'VaultState'].map(
      (key) => `\${jsondecode(aws_lambda_invocation.Access_9901B1FF.result).${key}}`,
    ),
  );
});

test('may do no more than it needs, on the vaults and the team that are known', () => {
  expect(rights({ backupVaultName: 'access', mpaApprovalTeamArn: TEAM })).toEqual([
    [['backup:CreateRestoreAccessBackupVault'], [own('access'), SOURCE]],
    [['backup:DescribeBackupVault', 'backup:TagResource', 'backup:UntagResource'], [own('access')]],
    [['backup:ListRestoreAccessBackupVaults', 'backup:RevokeRestoreAccessBackupVault'], [SOURCE]],
    [['backup-storage:MountCapsule'], ['*']],
    [['mpa:StartSession'], [TEAM]],
  ]);
});

test('may begin a session of any team where none is named', () => {
  expect(rights().at(-1)).toEqual([['mpa:StartSession'], ['arn:aws:mpa:us-east-1:*:approval-team/*']]);
});

test('fails for what is no vault, and for a name that is none, all at once', () => {
  expect(refusal(() => access(stackOf(), { sourceBackupVaultArn: 'gapped', backupVaultName: 'x' }))).toBe(
    [
      'S/Access: 2 value(s) that AWS Backup refuses',
      '  sourceBackupVaultArn must be the ARN of a backup vault, got gapped [restore-access-vault-source] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreAccessBackupVault.html)',
      '  backupVaultName must be 2 to 50 letters, digits, - and _, got x [restore-access-vault-name] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreAccessBackupVault.html)',
    ].join('\n'),
  );
});

test('warns of a source in another Region, and notes that no reason is given', () => {
  const stack = stackOf();
  new RestoreAccessVault(stack, 'Access', { sourceBackupVaultArn: SOURCE.replace('eu-central-1', 'eu-west-1') });
  expect(annotations(stack, 'warn')).toEqual([expect.stringContaining('[restore-access-vault-source-region]')]);
  expect(annotations(stack, 'info')).toEqual([expect.stringContaining('[restore-access-vault-comment]')]);
});

test('shows its waivers in the comment of the invocation', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'restore-access-vault-comment', path: '*', reason: 'a drill' }];
  new RestoreAccessVault(stack, 'Access', { sourceBackupVaultArn: SOURCE, waivers });
  expect(JSON.stringify(comment(stack, TYPE))).toContain('a drill');
});

test('takes tokens, and has Terraform write them as JSON', () => {
  const stack = stackOf();
  const given = variables(stack);
  access(stack, {
    sourceBackupVaultArn: given.text('source'),
    backupVaultName: given.text('name'),
    requesterComment: given.text('comment'),
    mpaApprovalTeamArn: given.text('team'),
    tags: { owner: given.text('owner') },
  });
  const { input, triggers } = only(stack, TYPE);
  expect(input).toMatch(/^\$\{jsonencode\(/);
  for (const name of ['source', 'name', 'comment', 'owner']) {
    expect(input).toContain(`var.${name}`);
  }
  expect(triggers).toEqual({ source: '${var.source}', name: '${var.name}' });
  expect(all(stack, 'aws_lambda_function')).toHaveLength(1);
});

test('keeps its ids and addresses', () => {
  const stack = stackOf();
  const made = access(stack);
  expect(made.node.children.map(({ node }) => node.id)).toEqual(['Function', 'Resource']);
  expect(addresses(stack)).toEqual([
    'aws_cloudwatch_log_group.Access_Function_Log_48FCC691',
    'aws_iam_policy.Access_Function_Policy_01981CB8',
    'aws_iam_role.Access_Function_Role_82A8D0F1',
    'aws_iam_role_policy_attachment.Access_Function_PolicyAttachment_F07EF4EC',
    'aws_lambda_function.Access_Function_563E036C',
    'aws_lambda_invocation.Access_9901B1FF',
  ]);
});
