/**
 * Whether a caller may do what it asks, in a World whose policies decide.
 *
 * Pure: reads the World; throws before an operation begins, so that a denied call changes nothing.
 * Source   Service authorization reference (resources and keys of each action); B11.5, B12 (iam:PassRole); IAM user guide,
 *          "Troubleshoot access denied error messages" (text).
 * Spec     ../domain/policy/evaluation.md
 */
import { decide } from '../domain/policy/decide';
import { PolicyShelf, principalOf, Subject } from '../domain/policy/in-force';
import type { AuthorizationRequest, ContextValue, Principal } from '../domain/policy/request';
import { accessDeniedText } from '../domain/policy/texts';
import { vaultArn } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';

/** The members of inputs that say what a call is about. */
interface Members {
  readonly BackupVaultName?: string;
  readonly SourceBackupVaultName?: string;
  readonly RecoveryPointArn?: string;
  readonly BackupPlanId?: string;
  readonly FrameworkName?: string;
  readonly ReportPlanName?: string;
  readonly KeyId?: string;
  readonly RoleName?: string;
  readonly UserName?: string;
  readonly PolicyArn?: string;
  readonly IamRoleArn?: string;
  readonly BackupSelection?: { readonly IamRoleArn?: string };
  readonly RestoreTestingPlanName?: string;
  readonly RestoreTestingPlan?: { readonly RestoreTestingPlanName?: string };
  readonly RestoreTestingSelection?: { readonly IamRoleArn?: string };
  readonly MinRetentionDays?: number;
  readonly MaxRetentionDays?: number;
  readonly ChangeableForDays?: number;
  readonly BackupVaultTags?: Readonly<Record<string, string>>;
  readonly BackupPlanTags?: Readonly<Record<string, string>>;
  readonly RecoveryPointTags?: Readonly<Record<string, string>>;
}

/** What a call is about: the ARN, and what hangs on it. */
interface About extends Subject {
  readonly resource: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Services whose actions begin with another word than their requests are signed with. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** Source: STS API reference: nobody needs leave for it, and nobody can be denied it. */
const FREE = 'sts:GetCallerIdentity';

const shelves = new WeakMap<WorldState, PolicyShelf>();

/**
 * Refuses a call that policies deny. Calls without a principal are those of a deployment, and pass.
 *
 * @param service what its requests are signed with, e.g. `backup`
 * @param operation e.g. `DeleteRecoveryPoint`, which is the action's name, too
 * @throws AwsFault AccessDeniedException, with AWS's text
 */
export function authorize(state: WorldState, caller: Caller, service: string, operation: string, input: object): void {
  if (!state.enforceIam || caller.principalArn === undefined) {
    return;
  }
  const action = `${PREFIXES[service] ?? service}:${operation}`;
  const principal = principalOf(state.ledger, caller.principalArn);
  if (action === FREE) {
    return;
  }
  if (principal === undefined) {
    throw new AwsFault('AccessDeniedException', `${caller.principalArn} is no principal.`);
  }
  const shelf = shelves.get(state) ?? new PolicyShelf(state.ledger);
  shelves.set(state, shelf);
  const members = input as Members;
  const about = aboutOf(state, caller, service, members);
  const request = requestOf(state, caller, principal, action, about);
  refuseDenied(shelf, { ...request, requestTags: tagsOf(members), context: contextOf(members) }, about);
  for (const role of passedRoles(service, members)) {
    const passed: About = { resource: role };
    const passing = requestOf(state, caller, principal, 'iam:PassRole', passed);
    refuseDenied(shelf, { ...passing, context: { 'iam:PassedToService': 'backup.amazonaws.com' } }, passed);
  }
}

function refuseDenied(shelf: PolicyShelf, request: AuthorizationRequest, subject: Subject): void {
  const verdict = decide(request, shelf.inForce(request, subject));
  if (!verdict.allowed) {
    throw new AwsFault('AccessDeniedException', accessDeniedText(request, verdict));
  }
}

function requestOf(
  state: WorldState,
  caller: Caller,
  principal: Principal,
  action: string,
  { resource, tags = {} }: About,
): AuthorizationRequest {
  const owner = state.ledger.organizations.of(caller)?.membershipOf(caller.account);
  return {
    principal,
    action,
    resource,
    // Source B6.3/10: calls of AWS Backup are about vaults of the caller's own account.
    resourceAccount: /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? caller.account,
    ...(owner === undefined ? {} : { resourceOrganization: owner }),
    resourceTags: tags,
    requestedRegion: caller.region,
    at: state.now,
  };
}

function aboutOf(state: WorldState, caller: Caller, service: string, members: Members): About {
  const { ledger } = state;
  if (service === 'kms' && members.KeyId !== undefined) {
    const key = ledger.keys.tryFind(caller, members.KeyId);
    return key === undefined ? { resource: '*' } : { resource: key.arn, key, tags: Object.fromEntries(key.tags) };
  }
  if (service === 'iam') {
    const { RoleName, UserName, PolicyArn } = members;
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
  return service === 'backup' ? aboutBackups(state, caller, members) : { resource: '*' };
}

function aboutBackups(state: WorldState, caller: Caller, members: Members): About {
  const { ledger, frameworks, reportPlans, restoreTests } = state;
  const name = members.BackupVaultName ?? members.SourceBackupVaultName;
  const vault = name === undefined ? undefined : ledger.vaults.tryFind(caller, name);
  if (members.RecoveryPointArn !== undefined) {
    return { resource: members.RecoveryPointArn, vault };
  }
  if (name !== undefined) {
    return { resource: vaultArn(caller, name), vault, tags: vault?.made.tags ?? {} };
  }
  const { BackupPlanId, FrameworkName, ReportPlanName } = members;
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
  if (BackupPlanId === undefined) {
    return { resource: '*' };
  }
  const plan = ledger.plans.tryFind(BackupPlanId);
  const arn = `arn:${caller.partition}:backup:${caller.region}:${caller.account}:backup-plan:${BackupPlanId}`;
  return { resource: plan?.arn ?? arn, tags: plan?.declaration.tags ?? {} };
}

function tagsOf({ BackupVaultTags, BackupPlanTags, RecoveryPointTags }: Members): Readonly<Record<string, string>> {
  return { ...BackupVaultTags, ...BackupPlanTags, ...RecoveryPointTags };
}

/** Source B11.5. What an action never has, the decision leaves out. */
function contextOf({ MinRetentionDays, MaxRetentionDays, ChangeableForDays }: Members): Record<string, ContextValue> {
  const days = { MinRetentionDays, MaxRetentionDays, ChangeableForDays };
  return Object.fromEntries(
    Object.entries(days).flatMap(([name, value]) => (value === undefined ? [] : [[`backup:${name}`, `${value}`]])),
  );
}

/** Source B12: whoever hands a role to AWS Backup has to be allowed to. */
function passedRoles(service: string, members: Members): string[] {
  const { IamRoleArn, BackupSelection, RestoreTestingSelection } = members;
  const roles = [IamRoleArn, BackupSelection?.IamRoleArn, RestoreTestingSelection?.IamRoleArn];
  return service === 'backup' ? roles.filter((role): role is string => role !== undefined) : [];
}
