// An organization for scenarios: a unit with one member, backup policies on, trusted access.
import type { WorldState } from '../../../engine/src/domain/world-state';
import { AwsFault } from '../../../engine/src/operations/fault';
import { attachPolicy } from '../../../engine/src/operations/organizations/attach-policy';
import { createAccount } from '../../../engine/src/operations/organizations/create-account';
import { createOrganization } from '../../../engine/src/operations/organizations/create-organization';
import { createOrganizationalUnit } from '../../../engine/src/operations/organizations/create-organizational-unit';
import { createPolicy } from '../../../engine/src/operations/organizations/create-policy';
import { enableAWSServiceAccess } from '../../../engine/src/operations/organizations/enable-aws-service-access';
import { enablePolicyType } from '../../../engine/src/operations/organizations/enable-policy-type';
import { listRoots } from '../../../engine/src/operations/organizations/list-roots';
import { moveAccount } from '../../../engine/src/operations/organizations/move-account';
import { world } from './stage';

export const MANAGEMENT = { partition: 'aws', account: '000000000001', region: 'eu-central-1' };
export const MEMBER = { ...MANAGEMENT, account: '000000000002' };
export const BACKUP = 'backup.amazonaws.com';

export function nameOfFault(operation: () => unknown): string {
  try {
    operation();
    return 'none';
  } catch (error) {
    return error instanceof AwsFault ? error.name : String(error);
  }
}

export interface Stage {
  readonly state: WorldState;
  readonly root: string;
  readonly unit: string;
}

/** An organization with a unit that a member is in, backup policies on and trusted access. */
export function organization(more: Parameters<typeof world>[1] = {}): Stage {
  const state = world('2027-01-01', more);
  createOrganization(state, MANAGEMENT, {});
  const root = listRoots(state, MANAGEMENT, {}).Roots?.[0]?.Id ?? '';
  createAccount(state, MANAGEMENT, { Email: 'a@example.com', AccountName: 'workloads' }, MEMBER.account);
  const made = createOrganizationalUnit(state, MANAGEMENT, { ParentId: root, Name: 'apps' });
  const unit = made.OrganizationalUnit?.Id ?? '';
  const AccountId = MEMBER.account;
  moveAccount(state, MANAGEMENT, { AccountId, SourceParentId: root, DestinationParentId: unit });
  enablePolicyType(state, MANAGEMENT, { RootId: root, PolicyType: 'BACKUP_POLICY' });
  enableAWSServiceAccess(state, MANAGEMENT, { ServicePrincipal: BACKUP });
  return { state, root, unit };
}

export function assign(value: unknown): object {
  return { '@@assign': value };
}

/** Content with one plan that backs up what is tagged `backup=daily`. */
export function content(more: object = {}, rule: object = {}): string {
  const daily = {
    schedule_expression: assign('cron(0 5 ? * * *)'),
    target_backup_vault_name: assign('main'),
    lifecycle: { delete_after_days: assign('30') },
    ...rule,
  };
  const role = assign('arn:aws:iam::$account:role/backup');
  const tags = { daily: { iam_role_arn: role, tag_key: assign('backup'), tag_value: assign(['daily']) } };
  return JSON.stringify({
    plans: { central: { regions: assign(['eu-central-1']), rules: { Daily: daily }, selections: { tags }, ...more } },
  });
}

export function put(state: WorldState, Name: string, Content: string, TargetId: string): string {
  const made = createPolicy(state, MANAGEMENT, { Name, Content, Type: 'BACKUP_POLICY', Description: '' });
  const PolicyId = made.Policy?.PolicySummary?.Id ?? '';
  attachPolicy(state, MANAGEMENT, { PolicyId, TargetId });
  return PolicyId;
}

/** What the plans of the World are, once the policies of this instant reached the accounts. */
export function plans(state: WorldState): string[] {
  state.organizationPlans.settle();
  return state.ledger.plans
    .list()
    .map(({ declaration: { env, backupPlanName, rules } }) => {
      const days = rules.map((rule) => `${rule.ruleName} ${rule.lifecycle?.deleteAfterDays}`).join();
      return `${env.account} ${env.region} ${backupPlanName}: ${days}`;
    })
    .sort();
}
