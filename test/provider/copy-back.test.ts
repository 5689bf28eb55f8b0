import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { CopyBack, CopyBackProps, Vault } from '@holdfast/cdktf';
import { CopyBacks } from '@holdfast/model';
import { App, TerraformStack, Testing } from 'cdktf';
import { addresses, all, message, only, refusal, resolve, sentence, stackOf, synth, variables } from './support/stacks';

const PRIMARY = 'arn:aws:backup:eu-central-1:111122223333:backup-vault:primary';
const TYPE = 'aws_ssm_document';

/** Where the copies are, in another account than the workload. */
function places() {
  const stack = stackOf();
  const workload = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const provider = new AwsProvider(stack, 'Other', {
    alias: 'copies',
    region: 'eu-central-1',
    allowedAccountIds: ['444455556666'],
  });
  return { stack, workload, provider, copies: new Vault(stack, 'Copies', { backupVaultName: 'copies', provider }) };
}

function copyBack(props: Partial<CopyBackProps> = {}): { made: CopyBack; stack: TerraformStack } {
  const { stack, workload, provider, copies } = places();
  const made = new CopyBack(stack, 'Back', { source: copies, destination: workload, provider, ...props });
  workload.addToAccessPolicy(made.destinationStatement());
  return { made, stack };
}

/** Statements of all policies that are made; quotes within expressions would not be those of JSON. */
function statements(stack: TerraformStack): object[] {
  return all(stack, 'aws_iam_policy').flatMap(
    ({ policy }) =>
      JSON.parse(String(policy).replace(/\$\{[^}]*\}/g, (expression) => expression.replace(/"/g, "'"))).Statement,
  );
}

test('gives its function the way', () => {
  const { made, stack } = copyBack();
  expect(only(stack, 'aws_lambda_function')).toMatchObject({
    timeout: 900,
    environment: {
      variables: {
        SOURCE_VAULT_NAME: expect.stringMatching(/^\$\{aws_backup_vault\.Copies_\w+\.name\}$/),
        DESTINATION_VAULT_ARN: expect.stringMatching(/^\$\{aws_backup_vault\.Vault_\w+\.arn\}$/),
        ROLE_ARN: resolve(stack, made.copyRole.arn),
      },
    },
    provider: 'aws.copies',
  });
});

test('names a vault of another stack by its ARN, so that neither stack waits', () => {
  const app = Testing.stubVersion(new App({ stackTraces: false }));
  const stack = (name: string, account: string) => {
    const made = new TerraformStack(app, name);
    new AwsProvider(made, 'Aws', { region: 'eu-central-1', allowedAccountIds: [account] });
    return made;
  };
  const [there, here] = [stack('Workload', '111122223333'), stack('S', '444455556666')];
  const workload = new Vault(there, 'Vault', { backupVaultName: 'primary' });
  const source = new Vault(here, 'Copies', { backupVaultName: 'copies' });
  workload.addToAccessPolicy(new CopyBack(here, 'Back', { source, destination: workload }).destinationStatement());
  expect(JSON.stringify(all(here, 'aws_lambda_function'))).toContain(`"DESTINATION_VAULT_ARN":"${PRIMARY}"`);
  expect([...here.dependencies, ...there.dependencies]).toEqual([]);
});

test('copies into the destination and nowhere else', () => {
  const { stack } = copyBack({ copyRoleName: 'copy-back' });
  expect(statements(stack)).toContainEqual({
    Effect: 'Deny',
    Action: ['backup:CopyIntoBackupVault'],
    NotResource: [expect.stringMatching(/^\$\{aws_backup_vault\.Vault_\w+\.arn\}$/)],
  });
  expect(all(stack, 'aws_iam_role').map(({ name }) => name)).toContain('copy-back');
  const policies = all(stack, 'aws_backup_vault_policy').map(({ policy }) => String(policy));
  expect(policies.join('\n')).toContain(
    '"Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::444455556666:role/copy-back"}}',
  );
});

test('lets its function list one vault, and pass on the role for copies to AWS Backup', () => {
  const { made, stack } = copyBack();
  expect(statements(stack)).toEqual(
    expect.arrayContaining([
      {
        Effect: 'Allow',
        Action: ['backup:ListRecoveryPointsByBackupVault'],
        Resource: [expect.stringMatching(/^\$\{aws_backup_vault\.Copies_\w+\.arn\}$/)],
      },
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: [resolve(stack, made.copyRole.arn)],
        Condition: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
      },
      {
        Effect: 'Allow',
        Action: [
          'backup:DescribeCopyJob',
          'backup:DescribeRecoveryPoint',
          'backup:ListCopyJobs',
          'backup:StartCopyJob',
        ],
        Resource: ['*'],
      },
      { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [resolve(stack, made.lambdaFunction.arn)] },
    ]),
  );
});

test('has a document of the model, which calls its function', () => {
  const { made, stack } = copyBack();
  const { content, ...others } = only(stack, TYPE);
  const targets = {
    automationRoleArn: String(resolve(stack, made.automationRole.arn)),
    functionArn: String(resolve(stack, made.lambdaFunction.arn)),
  };
  expect(JSON.parse(String(content))).toEqual(JSON.parse(JSON.stringify(CopyBacks.document(targets))));
  expect(others).toEqual({
    name: expect.stringMatching(/^runbook-S-Back-[0-9a-f]{8}$/),
    document_type: 'Automation',
    document_format: 'JSON',
    depends_on: [expect.stringContaining('AutomationPolicyAttachment')],
    provider: 'aws.copies',
  });
  expect(resolve(stack, made.documentName)).toMatch(/^\$\{aws_ssm_document\.Back_\w{8}\.name\}$/);
});

test('takes every property', () => {
  const tags = { owner: 'platform' };
  const { stack } = copyBack({ deleteAfterDays: 30, documentName: 'copy-back', tags });
  expect(only(stack, TYPE)).toMatchObject({ name: 'copy-back', tags });
  expect(only(stack, 'aws_lambda_function')).toMatchObject({ tags });
  expect(JSON.stringify(only(stack, 'aws_lambda_function'))).toContain('"DELETE_AFTER_DAYS":"30"');
  expect(all(stack, 'aws_iam_role').map((role) => role.tags)).toEqual([tags, tags, tags]);
});

test('leaves to Terraform what it alone knows', () => {
  const stack = stackOf();
  const { text, number } = variables(stack);
  new CopyBack(stack, 'Back', {
    source: Vault.fromBackupVaultArn(text('from')),
    destination: Vault.fromBackupVaultArn(text('to')),
    deleteAfterDays: number('days'),
    documentName: text('name'),
    copyRoleName: text('role'),
    tags: { owner: text('owner') },
  });
  expect(only(stack, TYPE).name).toBe('${var.name}');
  expect(only(stack, 'aws_lambda_function')).toMatchObject({
    environment: { variables: { DESTINATION_VAULT_ARN: '${var.to}', DELETE_AFTER_DAYS: '${var.days}' } },
  });
});

test('fails the synthesis where the destination does not let the copies in, unless that is waived', () => {
  const { stack, workload, provider, copies } = places();
  const props = { source: copies, destination: workload, provider };
  const made = new CopyBack(stack, 'Back', props);
  expect(refusal(() => synth(stack))).toBe(
    message('S/Back', [
      sentence(
        'copy-action-cross-account-policy',
        'destinationBackupVaultArn',
        'primary, whose policy does not allow it to account 444455556666',
      ),
    ]),
  );
  workload.addToAccessPolicy(made.destinationStatement());
  expect(() => synth(stack)).not.toThrow();
});

test('fails for a lifecycle and a name that are refused', () => {
  const { stack, copies, provider } = places();
  const props = { source: copies, destination: Vault.fromBackupVaultArn(PRIMARY), provider };
  expect(refusal(() => new CopyBack(stack, 'Back', { ...props, deleteAfterDays: 0 }))).toContain(
    '[lifecycle-delete-after]',
  );
  expect(refusal(() => new CopyBack(stack, 'Two', { ...props, documentName: 'a' }))).toContain('documentName must be');
});

test('fails to name an account that is not known', () => {
  const stack = new TerraformStack(Testing.stubVersion(new App({ stackTraces: false })), 'S');
  new AwsProvider(stack, 'Aws', { region: 'eu-central-1' });
  const source = new Vault(stack, 'Copies', { backupVaultName: 'copies' });
  const made = new CopyBack(stack, 'Back', { source, destination: Vault.fromBackupVaultArn(PRIMARY) });
  expect(refusal(() => made.destinationStatement())).toContain('env.account must be');
});

test('lets a role start it', () => {
  const { made, stack } = copyBack();
  expect(resolve(stack, made.grantStart('OnCall', 'on-call').roleInput)).toBe('on-call');
  expect(JSON.stringify(statements(stack))).toContain('ssm:StartAutomationExecution');
});

test('keeps its ids and addresses', () => {
  const { made, stack } = copyBack();
  expect(made.node.findAll().map(({ node }) => node.path.replace('S/Back', ''))).toEqual([
    '',
    '/CopyRole',
    '/AWSBackupServiceRolePolicyForBackup',
    '/CopyPolicy',
    '/CopyPolicyAttachment',
    '/Glue',
    '/Glue/Log',
    '/Glue/Role',
    '/Glue/Policy',
    '/Glue/PolicyAttachment',
    '/Glue/Code',
    '/Glue/Function',
    '/AutomationRole',
    '/AutomationPolicy',
    '/AutomationPolicyAttachment',
    '/Resource',
  ]);
  expect(addresses(stack).filter((address) => address.includes('Back_'))).toEqual([
    'aws_cloudwatch_log_group.Back_Glue_Log_586BE5E7',
    'aws_iam_policy.Back_AutomationPolicy_D68A4435',
    'aws_iam_policy.Back_CopyPolicy_D87651A2',
    'aws_iam_policy.Back_Glue_Policy_4F7D56FA',
    'aws_iam_role.Back_AutomationRole_DEFAA182',
    'aws_iam_role.Back_CopyRole_12D45240',
    'aws_iam_role.Back_Glue_Role_13B54432',
    'aws_iam_role_policy_attachment.Back_AWSBackupServiceRolePolicyForBackup_BC487C80',
    'aws_iam_role_policy_attachment.Back_AutomationPolicyAttachment_18782B48',
    'aws_iam_role_policy_attachment.Back_CopyPolicyAttachment_664DC16D',
    'aws_iam_role_policy_attachment.Back_Glue_PolicyAttachment_41967E01',
    'aws_lambda_function.Back_Glue_Function_EDA0942D',
    'aws_ssm_document.Back_BD5975DB',
  ]);
});
