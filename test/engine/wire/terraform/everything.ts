// The stack with every construct of provider/, as far as a served World answers for what it declares.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { associateBackupVaultMpaApprovalTeam } from '../../../../engine/src/operations/backup/associate-backup-vault-mpa-approval-team';
import { updateGlobalSettings } from '../../../../engine/src/operations/backup/update-global-settings';
import { createLogicallyAirGappedBackupVault } from '../../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { enableAWSServiceAccess } from '../../../../engine/src/operations/organizations/enable-aws-service-access';
import { createAccount } from '../../../../engine/src/operations/organizations/create-account';
import { createOrganization } from '../../../../engine/src/operations/organizations/create-organization';
import { createOrganizationalUnit } from '../../../../engine/src/operations/organizations/create-organizational-unit';
import { moveAccount } from '../../../../engine/src/operations/organizations/move-account';
import { enablePolicyType } from '../../../../engine/src/operations/organizations/enable-policy-type';
import { createRole } from '../../../../engine/src/operations/iam/create-role';
import { createKey } from '../../../../engine/src/operations/kms/create-key';
import { createTopic } from '../../../../engine/src/operations/sns/create-topic';
import type { WorldState } from '../../../../engine/src/domain/world-state';
import { PROVIDER_VERSION } from '../../../support/terraform';
import { synthCdktf } from '../../../support/synth';
import { everything } from '../../../provider/support/everything';

const MANAGEMENT = '111122223333';

/**
 * Types that are left out. The AWS provider sleeps a fixed time over two of them, whatever a server answers: over an
 * instance of RDS 80 s until it is there and 60 s until it is gone (terraform-examples.test.ts waits that long), over
 * lifecycle rules of a bucket 54 s. An organization is there already: other parts of the stack name its units.
 */
const LEFT_OUT = /^aws_(db_instance|s3_bucket_lifecycle_configuration|organizations_organization)$/;

type Block = Record<string, unknown>;
type Blocks = Record<string, Record<string, Block>>;

export interface Everything {
  /** Folder of the stack, with its assets. */
  readonly folder: string;
  /** What terraform reads. */
  readonly text: string;
  readonly resources: number;
}

/** Synthesizes the stack and fits it to a World. */
export function everythingFor(account: string): Everything {
  const out = synthCdktf((app) =>
    everything(app).addOverride('terraform.required_providers.aws.version', PROVIDER_VERSION),
  );
  const folder = path.join(out, 'stacks', 'everything');
  const stack = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform: Block;
    resource: Blocks;
    provider: { aws: Block[] };
  };
  delete stack.terraform['backend'];
  for (const provider of stack.provider.aws) {
    delete provider['skip_credentials_validation'];
    delete provider['skip_requesting_account_id'];
    Object.assign(provider, { access_key: account, max_retries: 2 });
  }
  const dropped = Object.keys(stack.resource).filter((type) => LEFT_OUT.test(type));
  for (const type of dropped) {
    delete stack.resource[type];
  }
  const resources = Object.values(stack.resource).flatMap((named) => Object.values(named));
  resources.forEach((resource) => settle(resource, dropped));
  afterReportRole(stack.resource);
  return { folder, text: withoutReferences(JSON.stringify(stack), dropped), resources: resources.length };
}

/** IAM deletes the role of reports only when no framework and no report plan is left in the account. */
function afterReportRole(blocks: Blocks): void {
  const roles = Object.entries(blocks['aws_iam_service_linked_role'] ?? {})
    .filter(([, { aws_service_name: service }]) => service === 'reports.backup.amazonaws.com')
    .map(([name]) => `aws_iam_service_linked_role.${name}`);
  const audits = ['aws_backup_framework', 'aws_backup_report_plan'].map((type) => blocks[type] ?? {});
  for (const audit of audits.flatMap((named) => Object.values(named))) {
    audit['depends_on'] = [...((audit['depends_on'] as string[] | undefined) ?? []), ...roles];
  }
}

function settle(resource: Block, dropped: readonly string[]): void {
  const { depends_on: before = [] } = resource as { depends_on?: string[] };
  resource['depends_on'] = before.filter((one) => !dropped.includes(one.split('.')[0] ?? ''));
  delete (resource['lifecycle'] as Block | undefined)?.['prevent_destroy'];
  // Composite alarms of a World suppress no actions.
  delete resource['actions_suppressor'];
}

/** What refers to a resource that is left out gets a text of the same shape. */
function withoutReferences(text: string, dropped: readonly string[]): string {
  const reference = new RegExp(`\\$\\{(${dropped.join('|')})\\.([\\w-]+)\\.([a-z_]+)\\}`, 'g');
  const within = new RegExp(`(?<![\\w.])(${dropped.join('|')})\\.([\\w-]+)\\.([a-z_]+)`, 'g');
  const standIn = (type: string, name: string, attribute: string) =>
    attribute === 'arn'
      ? `arn:aws:${type.split('_')[1]}:eu-central-1:${MANAGEMENT}:${name.toLowerCase()}`
      : name
          .toLowerCase()
          .replace(/[^a-z0-9-]/g, '-')
          .slice(0, 60);
  return text
    .replace(reference, (_, type: string, name: string, attribute: string) => standIn(type, name, attribute))
    .replace(within, (_, type: string, name: string, attribute: string) => `\\"${standIn(type, name, attribute)}\\"`);
}

/** What the stack says that others made. */
export function makeSurroundings(state: WorldState): void {
  const caller = { partition: 'aws', account: MANAGEMENT, region: 'eu-central-1' };
  createOrganization(state, caller, { FeatureSet: 'ALL' }, { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' });
  for (const PolicyType of ['BACKUP_POLICY', 'RESOURCE_CONTROL_POLICY', 'DECLARATIVE_POLICY_EC2'] as const) {
    enablePolicyType(state, caller, { RootId: 'r-a1b2', PolicyType });
  }
  for (const id of ['444455556666', '777788889999']) {
    createAccount(state, caller, { AccountName: id, Email: `${id}@example.com` }, id);
  }
  for (const id of ['ou-a1b2-12345678', 'ou-ab12-11111111', 'ou-abcd-1234wxyz']) {
    createOrganizationalUnit(state, caller, { ParentId: 'r-a1b2', Name: id }, id);
  }
  const unit = { SourceParentId: 'r-a1b2', DestinationParentId: 'ou-a1b2-12345678' };
  moveAccount(state, caller, { AccountId: '444455556666', ...unit });
  enableAWSServiceAccess(state, caller, { ServicePrincipal: 'backup.amazonaws.com' });
  createRole(state, caller, { RoleName: 'on-call', AssumeRolePolicyDocument: '{"Statement":[]}' });
  createKey(state, caller, { MultiRegion: true }, 'mrk-1234abcd12ab34cd56ef1234567890ab');
  const days = { MinRetentionDays: 7, MaxRetentionDays: 30 };
  const member = { ...caller, account: '444455556666', region: 'eu-west-1' };
  createLogicallyAirGappedBackupVault(state, member, { BackupVaultName: 'gapped', ...days });
  const team = 'arn:aws:mpa:us-east-1:444455556666:approval-team/restores';
  updateGlobalSettings(state, caller, { GlobalSettings: { isMpaEnabled: 'true' } });
  associateBackupVaultMpaApprovalTeam(state, member, { BackupVaultName: 'gapped', MpaApprovalTeamArn: team });
  createTopic(state, { ...caller, region: 'eu-west-1' }, { Name: 'backups' });
}
