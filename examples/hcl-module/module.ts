import { Plan, Vault } from '@holdfast/cdktf';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';

/** A module for teams that write plain HCL: what they choose are its variables, what they need of it its outputs. */
export function buildModule(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'backups');
  const text = (name: string, description: string) =>
    new TerraformVariable(stack, name, { type: 'string', description }).stringValue;
  const days = new TerraformVariable(stack, 'delete_after_days', {
    type: 'number',
    description: 'Days that a daily recovery point is kept',
    default: 35,
    validation: [{ condition: '${var.delete_after_days >= 7}', errorMessage: 'The lock of the vault keeps 7 days.' }],
  });
  const vault = new Vault(stack, 'Vault', {
    backupVaultName: text('vault_name', 'Name of the vault'),
    vaultLock: { minRetentionDays: 7 },
  });
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: text('plan_name', 'Name of the plan'),
    rules: [{ ruleName: 'daily', vault, deleteAfterDays: days.numberValue as number }],
  });
  const selection = plan.addSelection('Tagged', { selectionName: 'tagged', tags: { backup: 'daily' } });
  const output = (name: string, value: string, description: string) =>
    new TerraformOutput(stack, name, { value, description, staticId: true });
  output('vault_arn', vault.backupVaultArn, 'ARN of the vault');
  output('vault_key_arn', vault.encryptionKeyArn, 'ARN of the key of the vault');
  output('plan_id', plan.backupPlanId, 'Id of the plan');
  output('role_arn', selection.roleArn, 'ARN of the role that AWS Backup assumes');
  // Which providers there are, and where the state is kept, is the root module's to say.
  stack.addOverride('terraform.required_providers.aws', { source: 'hashicorp/aws', version: '>= 5.100.0' });
  stack.addOverride('terraform.backend', null);
  return stack;
}
