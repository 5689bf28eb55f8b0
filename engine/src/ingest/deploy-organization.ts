/**
 * Organizations and their settings to the operations that make them.
 *
 * Pure: changes nothing but the World it is given.
 * Assumed  As with keys and roles, what an artifact says of an organization enters no event; the plans that its
 *          policies make do.
 */
import type { DeclaredOrganization, Estate, OrganizationPolicy, OrganizationSettings } from '@holdfast/model';
import { GlobalSettingsRules } from '@holdfast/model';
import { BACKUP_SERVICE } from '../domain/organization';
import type { WorldState } from '../domain/world-state';
import { updateGlobalSettings } from '../operations/backup/update-global-settings';
import { attachPolicy } from '../operations/organizations/attach-policy';
import { createAccount } from '../operations/organizations/create-account';
import { createOrganization } from '../operations/organizations/create-organization';
import { createOrganizationalUnit } from '../operations/organizations/create-organizational-unit';
import { createPolicy } from '../operations/organizations/create-policy';
import { enableAWSServiceAccess } from '../operations/organizations/enable-aws-service-access';
import { enablePolicyType } from '../operations/organizations/enable-policy-type';
import { moveAccount } from '../operations/organizations/move-account';
import { registerDelegatedAdministrator } from '../operations/organizations/register-delegated-administrator';
import { call, inOrder } from './deploy-call';

export function deployOrganizations(state: WorldState, estate: Estate): void {
  state.ledger.quietly(() => {
    for (const organization of inOrder(estate.organizations, (one) => one.organizationId)) {
      deployOrganization(state, organization);
    }
    for (const settings of inOrder(estate.organizationSettings, () => '')) {
      deploySettings(state, settings);
    }
  });
}

function deployOrganization(state: WorldState, declared: DeclaredOrganization): void {
  const { env, rootId, organizationId: id } = declared;
  const declaredAt = declared.declaredAt ?? id;
  call(declaredAt, 'CreateOrganization', () => createOrganization(state, env, {}, { id, rootId }));
  deployTree(state, declared, declaredAt);
  const enabled = state.ledger.organizations.of(env)?.enabledKinds ?? new Set<string>();
  // Assumed: CloudFormation can say neither, and AWS would refuse to attach what is not enabled.
  const used = [...new Set((declared.policies ?? []).map(({ policyType }) => policyType))].sort();
  for (const type of (declared.enabledPolicyTypes ?? used).filter(
    (one) => KINDS.has(one) && !enabled.has(one as never),
  )) {
    const PolicyType = type as 'BACKUP_POLICY';
    call(declaredAt, 'EnablePolicyType', () => {
      enablePolicyType(state, env, { RootId: rootId, PolicyType });
    });
  }
  for (const ServicePrincipal of declared.serviceAccessPrincipals ?? [BACKUP_SERVICE]) {
    call(declaredAt, 'EnableAWSServiceAccess', () => {
      enableAWSServiceAccess(state, env, { ServicePrincipal });
    });
  }
  for (const policy of (declared.policies ?? []).filter(({ policyType }) => KINDS.has(policyType))) {
    deployPolicy(state, declared, policy);
  }
  for (const { accountId: AccountId, servicePrincipal: ServicePrincipal } of declared.administrators ?? []) {
    call(declaredAt, 'RegisterDelegatedAdministrator', () => {
      registerDelegatedAdministrator(state, env, { AccountId, ServicePrincipal });
    });
  }
}

/** The kinds that bear on backups; others are nothing that the World could follow. */
const KINDS = new Set(['BACKUP_POLICY', 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY']);

/** Units from the root down, whatever their order, then the accounts. */
function deployTree(state: WorldState, declared: DeclaredOrganization, declaredAt: string): void {
  const { env, rootId } = declared;
  const above = (id: string | undefined) => (id === undefined || id.startsWith('r-') ? rootId : id);
  let waiting = declared.units ?? [];
  const there = new Set([rootId]);
  while (waiting.length > 0) {
    const ready = waiting.filter((unit) => there.has(above(unit.parentId)));
    // A parent that nobody declares is for the call to refuse.
    for (const unit of ready.length > 0 ? ready : waiting) {
      const input = { ParentId: above(unit.parentId), Name: unit.unitName };
      call(declaredAt, 'CreateOrganizationalUnit', () => createOrganizationalUnit(state, env, input, unit.unitId));
      there.add(unit.unitId);
    }
    waiting = waiting.filter((unit) => !there.has(unit.unitId));
  }
  for (const { accountId, accountName: AccountName, email: Email, parentId } of declared.members ?? []) {
    call(declaredAt, 'CreateAccount', () => createAccount(state, env, { AccountName, Email }, accountId));
    if (above(parentId) !== rootId) {
      const move = { AccountId: accountId, SourceParentId: rootId, DestinationParentId: parentId };
      call(declaredAt, 'MoveAccount', () => {
        moveAccount(state, env, move);
      });
    }
  }
}

function deployPolicy(state: WorldState, { env, rootId }: DeclaredOrganization, policy: OrganizationPolicy): void {
  const declaredAt = policy.declaredAt ?? policy.policyName;
  const content: unknown = policy.content;
  const Content = typeof content === 'string' ? content : JSON.stringify(content);
  const input = { Name: policy.policyName, Content, Description: '', Type: policy.policyType as 'BACKUP_POLICY' };
  call(declaredAt, 'CreatePolicy', () => createPolicy(state, env, input, policy.policyId));
  for (const targetId of policy.targetIds ?? []) {
    call(declaredAt, 'AttachPolicy', () => {
      const TargetId = targetId.startsWith('r-') ? rootId : targetId;
      attachPolicy(state, env, { PolicyId: policy.policyId, TargetId });
    });
  }
}

function deploySettings(state: WorldState, { env, settings, declaredAt }: OrganizationSettings): void {
  const rendered = GlobalSettingsRules.render(settings) as Record<string, boolean>;
  const given = Object.fromEntries(Object.entries(rendered).map(([name, value]) => [name, String(value)]));
  call(declaredAt ?? env.account, 'UpdateGlobalSettings', () => {
    updateGlobalSettings(state, env, { GlobalSettings: given });
  });
}
