/**
 * Decides about a request: every policy in force, in AWS's order, with the statement that decided.
 *
 * Pure. Never throws: a document that cannot be read denies, and the verdict names the place.
 * Source   IAM user guide, "Policy evaluation logic" with its pages for one account and across accounts; AWS Organizations
 *          user guide, "SCP evaluation" and "RCP evaluation"; KMS developer guide, "Determining access to AWS KMS keys".
 * Spec     evaluation.md beside this file.
 */
import { hasResourceControl, serviceOf } from './action-tables';
import { contextOf } from './context';
import { documentOf } from './document';
import { reachOfGrant } from './grants';
import { notesOf, ownKeys } from './notes';
import type { NamedPolicy, PoliciesInForce, PolicyLevel, PolicyType } from './policies';
import type { Reach } from './principals';
import type { AuthorizationRequest } from './request';
import { Hit, Look, lookAt, Question } from './statements';
import { deniedText, grantedText } from './texts';
import type { TrailStep, Verdict } from './verdict';

/** How a step of the evaluation ends it; undefined lets it go on. */
type Ending = Omit<Verdict, 'trail' | 'notes' | 'because' | 'allowed'> | undefined;

/** Looks at policies that are attached together, e.g. the identity policies or one level of the organization. */
interface Group {
  readonly policyType: PolicyType;
  readonly looks: readonly Look[];
}

export function decide(request: AuthorizationRequest, policies: PoliciesInForce): Verdict {
  const question: Question = {
    request,
    context: contextOf(request, ownKeys(request)),
    hasBoundary: policies.permissionsBoundary !== undefined,
  };
  const groups = groupsOf(request, policies, question);
  const looks = groups.flatMap((group) => group.looks);
  const ending = denied(looks) ?? unreadable(looks) ?? weighed(request, policies, groups);
  const decided = { ...ending, allowed: ending.how === 'allowed' };
  return {
    ...decided,
    because: decided.allowed ? grantedText(request, ending) : because(request, ending, looks),
    trail: looks.map(stepOf),
    notes: notesOf(request, policiesOf(policies)),
  };
}

/** Keys whose values change with nothing but the clock. */
const OF_THE_CLOCK = ['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime', 'aws:multifactorauthage'];

/** Whether a verdict on these policies may be another one at another instant. */
export function readsClock(policies: PoliciesInForce): boolean {
  return policiesOf(policies).some(([policy, type]) =>
    documentOf(policy, type).statements.some(({ conditions }) =>
      conditions.some(({ key }) => OF_THE_CLOCK.includes(key.toLowerCase())),
    ),
  );
}

/** Every policy that binds, in the order in which AWS evaluates the kinds. */
function groupsOf(request: AuthorizationRequest, policies: PoliciesInForce, question: Question): Group[] {
  const levels = (policyType: PolicyType, given: readonly PolicyLevel[]): Group[] =>
    given.map((level) => ({
      policyType,
      looks: level.policies.map((policy) => lookAt(policy, policyType, question, level.target)),
    }));
  const group = (policyType: PolicyType, given: readonly NamedPolicy[]): Group[] =>
    given.length === 0 ? [] : [{ policyType, looks: given.map((policy) => lookAt(policy, policyType, question)) }];
  const one = (policy: NamedPolicy | undefined): NamedPolicy[] => (policy === undefined ? [] : [policy]);
  const grants = (policies.grants ?? []).flatMap((grant) => grantLooks(grant.grantId, reachOfGrant(grant, request)));
  return [
    ...levels('resource-control', bindsResource(request) ? (policies.rcps ?? []) : []),
    ...levels('service-control', bindsPrincipal(request) ? (policies.scps ?? []) : []),
    ...group('resource', one(policies.resource)),
    ...group('key', one(policies.keyPolicy)),
    { policyType: 'grant', looks: grants },
    ...group('trust', one(policies.trust)),
    ...group('identity', request.principal.kind === 'service' ? [] : policies.identity),
    ...group('permissions-boundary', one(policies.permissionsBoundary)),
    ...group('session', policies.session ?? []),
  ];
}

/** Source B11.4/1: neither the management account nor service-linked roles; a service has no account. */
function bindsPrincipal({ principal }: AuthorizationRequest): boolean {
  const { kind, organization } = principal;
  return kind !== 'service' && kind !== 'service-linked-role' && organization?.isManagementAccount !== true;
}

/** Source B11.4/3: services that have them, but not `kms:RetireGrant`; not the management account's resources. */
function bindsResource({ principal, action, resourceOrganization }: AuthorizationRequest): boolean {
  const exempt =
    principal.kind === 'service-linked-role' ||
    resourceOrganization?.isManagementAccount === true ||
    action.toLowerCase() === 'kms:retiregrant';
  return !exempt && hasResourceControl(serviceOf(action));
}

function denied(looks: readonly Look[]): Ending {
  const look = looks.find((one) => one.deny !== undefined);
  return look?.deny === undefined ? undefined : endingOf('explicit-deny', look, look.deny);
}

/** A document that cannot be read could have denied, so nothing is allowed beside it. */
function unreadable(looks: readonly Look[]): Ending {
  const look = looks.find((one) => one.faults.length > 0);
  return look === undefined
    ? undefined
    : { how: 'implicit-deny', policyType: look.policyType, policyName: look.policyName };
}

/** Nothing denies: who has to allow, and does. */
function weighed(
  request: AuthorizationRequest,
  policies: PoliciesInForce,
  groups: readonly Group[],
): NonNullable<Ending> {
  const { principal, resourceAccount } = request;
  const closed = groups.find(({ policyType, looks }) => policyType === 'service-control' && !looks.some(allows));
  if (closed !== undefined) {
    return { how: 'implicit-deny', policyType: 'service-control' };
  }
  const givesLeave = ofTypes(groups, ['resource', 'key', 'grant', 'trust']);
  const leave = furthest(givesLeave);
  const reach = leave?.allow?.reach;
  const sameAccount = principal.account === resourceAccount;
  const mustGive = resourceMustAllow(policies);
  if (principal.kind === 'service') {
    return leave === undefined ? lacking(mustGive ?? 'resource') : allowed(leave);
  }
  if (leave === undefined && (mustGive !== undefined || !sameAccount)) {
    return lacking(mustGive ?? 'resource');
  }
  const direct = givesLeave.find(
    (look) => look.allow?.reach === 'direct' && (sameAccount || look.policyType === 'grant'),
  );
  if (direct !== undefined) {
    return allowed(direct);
  }
  const identity = ofTypes(groups, ['identity']).find(allows);
  const enough = sameAccount && reach === 'role' ? leave : identity;
  if (enough === undefined && principal.kind !== 'root') {
    return lacking('identity');
  }
  const limits: PolicyType[] = ['permissions-boundary', 'session'];
  const limit = limits.find((type) => groups.some((group) => group.policyType === type && !group.looks.some(allows)));
  return limit !== undefined ? lacking(limit) : enough === undefined ? ROOT_USER : allowed(enough);
}

/** The root user of an account may do whatever nothing denies. */
const ROOT_USER = { how: 'allowed', policyType: 'identity' } as const;

/** Source KMS: without its key policy nobody may use a key; and nobody assumes a role that does not trust them. */
function resourceMustAllow({ keyPolicy, trust }: PoliciesInForce): 'key' | 'trust' | undefined {
  return keyPolicy !== undefined ? 'key' : trust !== undefined ? 'trust' : undefined;
}

function ofTypes(groups: readonly Group[], types: readonly PolicyType[]): Look[] {
  return groups.filter(({ policyType }) => types.includes(policyType)).flatMap(({ looks }) => looks);
}

const REACHES: readonly Reach[] = ['direct', 'role', 'account'];

function furthest(looks: readonly Look[]): Look | undefined {
  const [first] = REACHES.flatMap((reach) => looks.filter((look) => look.allow?.reach === reach));
  return first;
}

function allows(look: Look): boolean {
  return look.allow !== undefined;
}

function allowed(look: Look): NonNullable<Ending> {
  return endingOf('allowed', look, look.allow as Hit);
}

function lacking(policyType: PolicyType): NonNullable<Ending> {
  return { how: 'implicit-deny', policyType };
}

function endingOf(how: Verdict['how'], { policyType, policyName }: Look, { label }: Hit): NonNullable<Ending> {
  return { how, policyType, policyName, statement: label };
}

function grantLooks(policyName: string, reach: Reach | undefined): Look[] {
  const allow = reach && { label: policyName, reach };
  return reach === undefined ? [] : [{ policyType: 'grant', policyName, deny: undefined, allow, miss: '', faults: [] }];
}

function because(request: AuthorizationRequest, ending: NonNullable<Ending>, looks: readonly Look[]): string {
  const look = looks.find(({ policyType, faults }) => policyType === ending.policyType && faults.length > 0);
  const [fault] = ending.how === 'implicit-deny' && ending.policyName !== undefined ? (look?.faults ?? []) : [];
  return deniedText(request, ending, fault);
}

function stepOf({ policyType, policyName, deny, allow, miss, faults }: Look): TrailStep {
  const hit = deny ?? allow;
  const [fault] = faults;
  if (hit === undefined) {
    const text = fault === undefined ? miss : `cannot be read: ${fault.place} ${fault.message}`;
    return { policyType, policyName, effect: 'none', because: text };
  }
  const effect = deny === undefined ? 'Allow' : 'Deny';
  return { policyType, policyName, statement: hit.label, effect, because: `${effect} by ${hit.label}` };
}

/** Each policy that bears on a request, with its kind. */
export function policiesOf(policies: PoliciesInForce): [NamedPolicy, PolicyType][] {
  const of = (type: PolicyType, list: readonly (NamedPolicy | undefined)[]): [NamedPolicy, PolicyType][] =>
    list.flatMap((policy) => (policy === undefined ? [] : [[policy, type]]));
  const atAll = (levels: readonly PolicyLevel[] = []) => levels.flatMap((level) => level.policies);
  return [
    ...of('resource-control', atAll(policies.rcps)),
    ...of('service-control', atAll(policies.scps)),
    ...of('resource', [policies.resource]),
    ...of('key', [policies.keyPolicy]),
    ...of('trust', [policies.trust]),
    ...of('identity', policies.identity),
    ...of('permissions-boundary', [policies.permissionsBoundary]),
    ...of('session', policies.session ?? []),
  ];
}
