/**
 * What a call is about, as policies see it: the resource, its tags, and the policies that hang on it.
 *
 * Pure: reads the World.
 * Source   Service authorization reference (resources of each action); B11.5/2 (the ARN of a point is that of its service).
 */
import { iamArn } from '../domain/roles';
import type { Subject } from '../domain/policy/in-force';
import { sourceArn } from '../domain/approval-team';
import { tagsOfPoint } from '../domain/tags';
import { sharePolicy } from '../domain/vault-shares';
import { Vault, vaultArn } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findRetired } from './find-grant';
import { findRecoveryPoint, tryFindRestorable } from './find-recovery-point';
import { vaultsToRestoreFrom } from './find-vault';
import { namedResource } from './named-resource';
import { resourcePolicyOf } from './resource-policy';
import { findTagged } from './tagged';

type Tags = Readonly<Record<string, string>>;

/** What a call is about: the ARN, and what hangs on it. */
export interface About extends Subject {
  readonly resource: string;
  readonly tags?: Tags;
}

/** The members of inputs that say what a call is about. */
interface Members {
  readonly BackupVaultName?: string;
  readonly BackupVaultAccountId?: string;
  readonly SourceBackupVaultName?: string;
  readonly RecoveryPointArn?: string;
  readonly BackupPlanId?: string;
  readonly FrameworkName?: string;
  readonly LegalHoldId?: string;
  readonly ReportPlanName?: string;
  readonly KeyId?: string;
  readonly ResourceArn?: string;
  readonly RestoreTestingPlanName?: string;
  readonly RestoreTestingPlan?: { readonly RestoreTestingPlanName?: string };
  readonly RoleArn?: string;
  readonly SecretId?: string;
  readonly RoleName?: string;
  readonly UserName?: string;
  readonly GroupName?: string;
  readonly PolicyArn?: string;
  readonly taskToken?: string;
}

/** @param service what its requests are signed with */
export function aboutOf(state: WorldState, caller: Caller, service: string, input: object): About {
  const members = input as Members;
  switch (service) {
    case 'kms':
      return aboutKey(state, caller, members);
    case 'iam':
      return aboutIdentity(state, caller, members);
    case 'sts':
      return members.RoleArn === undefined ? { resource: '*' } : aboutRole(state, members.RoleArn);
    case 'backup':
      return changed(state, aboutBackups(state, caller, members));
    case 'secretsmanager':
      return aboutSecret(state, caller, members) ?? aboutNamed(state, caller, service, input);
    case 'mpa':
      return changed(state, aboutApproval(state, caller, input));
    case 'states':
      return aboutTask(state, members) ?? aboutNamed(state, caller, service, input);
    default:
      return aboutNamed(state, caller, service, input);
  }
}

function aboutNamed(state: WorldState, caller: Caller, service: string, input: object): About {
  const resource = namedResource(caller, service, input);
  return { resource, policy: resourcePolicyOf(state, service, resource) };
}

/** A team or an identity source has tags; the one source that there may be is named after what it is. */
function aboutApproval(state: WorldState, caller: Caller, input: object): About {
  const { approvalTeams } = state;
  const source = approvalTeams.source(caller);
  const named = aboutNamed(state, caller, 'mpa', input);
  const begins = 'IdentitySourceParameters' in input;
  const resource = begins ? sourceArn(caller) : named.resource;
  const tags = approvalTeams.tryFind(resource)?.made.tags ?? (source?.arn === resource ? source.tags : {});
  return { ...named, resource, tags };
}

/** Who calls back to a task may do so for its state machine. Source: what grantTaskResponse of the CDK allows. */
function aboutTask({ services }: WorldState, { taskToken }: Members): About | undefined {
  const task = taskToken === undefined ? undefined : services.executions.tasks.tryFind(taskToken);
  return task && { resource: task.machineArn };
}

/** A secret that is there has one ARN, by whatever name it is asked for. */
function aboutSecret({ services, now }: WorldState, caller: Caller, { SecretId }: Members): About | undefined {
  const found = SecretId === undefined ? undefined : services.secrets.tryFind(caller, SecretId, now);
  return found && { resource: found.arn, tags: found.tags, policy: found.policy };
}

/** Tags as they are now, where they were changed after their thing was made. */
function changed({ ledger }: WorldState, about: About): About {
  return { ...about, tags: ledger.changedTags.of(about.resource, about.tags ?? {}) };
}

function aboutKey({ ledger }: WorldState, caller: Caller, { KeyId }: Members): About {
  const key = KeyId === undefined ? undefined : ledger.keys.tryFind(caller, KeyId);
  return key === undefined ? { resource: '*' } : { resource: key.arn, key, tags: Object.fromEntries(key.tags) };
}

/** A grant that is to be retired; undefined when there is none, which the operation says. */
export function aboutRetired(state: WorldState, caller: Caller, input: object): About | undefined {
  return orElse(undefined, () => {
    const { key, grant } = findRetired(state, caller, input);
    return { resource: key.arn, key, retired: [grant], tags: Object.fromEntries(key.tags) };
  });
}

/** Who joins a group or leaves it is a matter of the group (Source service authorization reference of IAM). */
function aboutIdentity(state: WorldState, caller: Caller, members: Members): About {
  const { GroupName, RoleName, UserName, PolicyArn } = members;
  const { ledger } = state;
  if (GroupName !== undefined) {
    const group = ledger.roles.tryFindGroupByName(caller, GroupName);
    return { resource: group?.arn ?? iamArn(caller, 'group', '/', GroupName) };
  }
  const role = RoleName === undefined ? undefined : ledger.roles.tryFindRoleByName(caller, RoleName);
  const user = UserName === undefined ? undefined : ledger.roles.tryFindUserByName(caller, UserName);
  const named = `arn:${caller.partition}:iam::${caller.account}:`;
  const made = RoleName !== undefined ? `${named}role/${RoleName}` : UserName && `${named}user/${UserName}`;
  const identity = role ?? user;
  return {
    resource: identity?.arn ?? made ?? PolicyArn ?? '*',
    tags: Object.fromEntries(identity?.tags ?? []),
  };
}

/** A role that is to be assumed, with its trust policy. */
function aboutRole({ ledger }: WorldState, arn: string): About {
  const role = ledger.roles.tryFindRole(arn);
  return { resource: arn, role, tags: Object.fromEntries(role?.tags ?? []) };
}

function aboutBackups(state: WorldState, caller: Caller, members: Members): About {
  const { ledger, frameworks, reportPlans, restoreTests, holds } = state;
  const name = members.BackupVaultName ?? members.SourceBackupVaultName;
  const owner = { ...caller, account: members.BackupVaultAccountId ?? caller.account };
  const vault = name === undefined ? undefined : ledger.vaults.tryFind(owner, name);
  if (members.RecoveryPointArn !== undefined) {
    return aboutPoint(state, caller, members.RecoveryPointArn, vault);
  }
  if (name !== undefined) {
    return { resource: vaultArn(owner, name), ...policyOf(state, caller, vault), tags: vault?.made.tags ?? {} };
  }
  const { BackupPlanId, FrameworkName, LegalHoldId, ReportPlanName, ResourceArn } = members;
  const framework = FrameworkName === undefined ? undefined : frameworks.tryFind(caller, FrameworkName);
  if (framework !== undefined) {
    return { resource: framework.arn, tags: framework.made.tags };
  }
  const reportPlan = ReportPlanName === undefined ? undefined : reportPlans.tryFind(caller, ReportPlanName);
  if (reportPlan !== undefined) {
    return { resource: reportPlan.arn, tags: reportPlan.declaration.tags ?? {} };
  }
  const testing = members.RestoreTestingPlanName ?? members.RestoreTestingPlan?.RestoreTestingPlanName;
  if (testing !== undefined) {
    const tested = restoreTests.plans.tryFind(caller, testing);
    const resource = tested?.arn ?? restoreTests.plans.arnFor(caller, testing);
    return { resource, tags: tested?.declaration.tags ?? {} };
  }
  const hold = LegalHoldId === undefined ? undefined : holds.tryFind(caller, LegalHoldId);
  if (hold !== undefined) {
    return { resource: hold.arn, tags: hold.made.tags };
  }
  if (BackupPlanId !== undefined) {
    const plan = ledger.plans.tryFind(BackupPlanId);
    const arn = `arn:${caller.partition}:backup:${caller.region}:${caller.account}:backup-plan:${BackupPlanId}`;
    return { resource: plan?.arn ?? arn, tags: plan?.declaration.tags ?? {} };
  }
  return ResourceArn === undefined ? { resource: '*' } : aboutTagged(state, caller, ResourceArn);
}

/** A point; who restores it does not name its vault, whose policy bears on it all the same (Source B7.2/2). */
function aboutPoint(state: WorldState, caller: Caller, arn: string, named: Vault | undefined): About {
  const vault = named ?? tryFindRestorable(state, caller, arn)?.vault;
  return { resource: arn, ...policyOf(state, caller, vault), tags: pointTags(state, vault, arn) };
}

/** A vault of the caller's account has its own policy; on one that is shared with it the share gives leave (Source B7.5/5). */
function policyOf(state: WorldState, caller: Caller, vault: Vault | undefined): Subject {
  if (vault === undefined || vault.made.env.account === caller.account) {
    return { vault };
  }
  return vaultsToRestoreFrom(state, caller).includes(vault) ? { policy: sharePolicy(caller.account) } : {};
}

/** What a call about tags, or about a resource that is backed up, names. */
function aboutTagged(state: WorldState, caller: Caller, resource: string): About {
  const vault = state.ledger.vaults.tryFindByArn(resource);
  return { resource, vault, tags: orNone(() => findTagged(state, caller, resource).tags) };
}

function pointTags(state: WorldState, vault: Vault | undefined, arn: string): Tags {
  return vault === undefined ? {} : orNone(() => tagsOfPoint(state.ledger, findRecoveryPoint(state, vault, arn)));
}

/** What is not there has no tags; that it is not there is for the operation to say. */
function orNone(tags: () => Tags): Tags {
  return orElse({}, tags);
}

function orElse<T>(other: T, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof AwsFault) {
      return other;
    }
    throw error;
  }
}
