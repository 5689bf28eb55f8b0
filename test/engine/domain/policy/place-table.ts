/** What a statement does in each kind of policy, in one account and across two, written from AWS's documents. */
import type { PoliciesInForce, PolicyType } from '../../../../engine/src/domain/policy/policies';
import type { AuthorizationRequest, Principal } from '../../../../engine/src/domain/policy/request';
import type { How } from '../../../../engine/src/domain/policy/verdict';

export type Scope = 'same' | 'cross';
export type Effect = 'Allow' | 'Deny';
export type Json = Record<string, unknown>;

export const OWNER = '111122223333';
export const OTHER = '444455556666';

export function roleOf(account: string): Principal {
  return {
    kind: 'role-session',
    arn: `arn:aws:iam::${account}:role/team/Operator`,
    account,
    userId: 'AROAEXAMPLE:ann',
    sessionName: 'ann',
    organization: { id: 'o-a1b2c3d4e5', path: 'o-a1b2c3d4e5/r-ab12/', isManagementAccount: false },
  };
}

export const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };

export function policy(name: string, ...statements: Json[]) {
  return { name, document: { Version: '2012-10-17', Statement: statements } };
}

export const FULL = policy('Full', ALLOW_ALL);

/** How a request ends, by whether the condition of the statement holds. */
interface Outcome {
  readonly how: How;
  readonly policyType: PolicyType;
}

export interface PlaceRow {
  readonly policyType: PolicyType;
  readonly scope: Scope;
  readonly effect: Effect;
  readonly holds: Outcome;
  readonly fails: Outcome;
  readonly source: string;
}

const ONE = 'IAM user guide, reference_policies_evaluation-logic_policy-eval-basics-single-account';
const TWO = 'IAM user guide, reference_policies_evaluation-logic-cross-account';
const SCP = 'Organizations user guide, orgs_manage_policies_scps_evaluation';
const RCP = 'Organizations user guide, orgs_manage_policies_rcps';
const KMS = 'KMS developer guide, policy-evaluation';
const ROLE = 'IAM user guide, id_roles_update-role-trust-policy';

function outcome(text: string): Outcome {
  const [how, policyType] = text.split(' ') as [How, PolicyType];
  return { how, policyType };
}

type Row = [PolicyType, Scope, Effect, string, string, string];

// prettier-ignore
const ROWS: Row[] = [
  // policy                 where    effect   the condition holds                     it does not                             source
  ['identity',              'same',  'Allow', 'allowed identity',                     'implicit-deny identity',               ONE],
  ['identity',              'same',  'Deny',  'explicit-deny identity',               'allowed identity',                     ONE],
  ['identity',              'cross', 'Allow', 'allowed identity',                     'implicit-deny identity',               TWO],
  ['identity',              'cross', 'Deny',  'explicit-deny identity',               'allowed identity',                     TWO],
  ['permissions-boundary',  'same',  'Allow', 'allowed identity',                     'implicit-deny permissions-boundary',   ONE],
  ['permissions-boundary',  'same',  'Deny',  'explicit-deny permissions-boundary',   'allowed identity',                     ONE],
  ['permissions-boundary',  'cross', 'Allow', 'allowed identity',                     'implicit-deny permissions-boundary',   TWO],
  ['permissions-boundary',  'cross', 'Deny',  'explicit-deny permissions-boundary',   'allowed identity',                     TWO],
  ['session',               'same',  'Allow', 'allowed identity',                     'implicit-deny session',                ONE],
  ['session',               'same',  'Deny',  'explicit-deny session',                'allowed identity',                     ONE],
  ['session',               'cross', 'Allow', 'allowed identity',                     'implicit-deny session',                TWO],
  ['session',               'cross', 'Deny',  'explicit-deny session',                'allowed identity',                     TWO],
  ['resource',              'same',  'Allow', 'allowed resource',                     'implicit-deny identity',               ONE],
  ['resource',              'same',  'Deny',  'explicit-deny resource',               'allowed identity',                     ONE],
  ['resource',              'cross', 'Allow', 'allowed identity',                     'implicit-deny resource',               TWO],
  ['resource',              'cross', 'Deny',  'explicit-deny resource',               'allowed identity',                     TWO],
  ['key',                   'same',  'Allow', 'allowed key',                          'implicit-deny key',                    KMS],
  ['key',                   'same',  'Deny',  'explicit-deny key',                    'allowed identity',                     KMS],
  ['key',                   'cross', 'Allow', 'allowed identity',                     'implicit-deny key',                    KMS],
  ['key',                   'cross', 'Deny',  'explicit-deny key',                    'allowed identity',                     KMS],
  ['trust',                 'same',  'Allow', 'allowed trust',                        'implicit-deny trust',                  ROLE],
  ['trust',                 'same',  'Deny',  'explicit-deny trust',                  'allowed identity',                     ROLE],
  ['trust',                 'cross', 'Allow', 'allowed identity',                     'implicit-deny trust',                  ROLE],
  ['trust',                 'cross', 'Deny',  'explicit-deny trust',                  'allowed identity',                     ROLE],
  ['service-control',       'same',  'Allow', 'allowed identity',                     'implicit-deny service-control',        SCP],
  ['service-control',       'same',  'Deny',  'explicit-deny service-control',        'allowed identity',                     SCP],
  ['service-control',       'cross', 'Allow', 'allowed identity',                     'implicit-deny service-control',        SCP],
  ['service-control',       'cross', 'Deny',  'explicit-deny service-control',        'allowed identity',                     SCP],
  // RCPFullAWSAccess can't be detached, so that no Allow is ever missing.
  ['resource-control',      'same',  'Allow', 'allowed identity',                     'allowed identity',                     RCP],
  ['resource-control',      'same',  'Deny',  'explicit-deny resource-control',       'allowed identity',                     RCP],
  ['resource-control',      'cross', 'Allow', 'allowed identity',                     'allowed identity',                     RCP],
  ['resource-control',      'cross', 'Deny',  'explicit-deny resource-control',       'allowed identity',                     RCP],
];

export const PLACE_ROWS: PlaceRow[] = ROWS.map(([policyType, scope, effect, holds, fails, source]) => ({
  policyType,
  scope,
  effect,
  holds: outcome(holds),
  fails: outcome(fails),
  source,
}));

export const POLICY_TYPES = [
  'service-control',
  'resource-control',
  'resource',
  'key',
  'trust',
  'identity',
  'permissions-boundary',
  'session',
] as const satisfies readonly PolicyType[];

const TARGETS: Partial<Record<PolicyType, [action: string, resource: string]>> = {
  key: ['kms:Decrypt', `arn:aws:kms:eu-west-1:${OWNER}:key/k`],
  'resource-control': ['s3:DeleteObject', 'arn:aws:s3:::reports/a'],
  trust: ['sts:AssumeRole', `arn:aws:iam::${OWNER}:role/Target`],
};

export function requestFor(policyType: PolicyType, scope: Scope): AuthorizationRequest {
  const [action, resource] = TARGETS[policyType] ?? [
    'backup:DeleteRecoveryPoint',
    'arn:aws:ec2:eu-west-1::snapshot/snap-1',
  ];
  return { principal: roleOf(scope === 'same' ? OWNER : OTHER), action, resource, resourceAccount: OWNER };
}

/** Everything else allows, so that the statement alone decides. */
export function policiesWith(policyType: PolicyType, scope: Scope, effect: Effect, condition: Json): PoliciesInForce {
  const statement = { Sid: 'Tried', Effect: effect, Action: '*', Resource: '*', Condition: condition };
  const ofTrust = { Sid: 'Tried', Effect: effect, Action: '*', Condition: condition };
  const others = effect === 'Deny' ? [ALLOW_ALL] : [];
  const account = { AWS: `arn:aws:iam::${scope === 'same' ? OWNER : OTHER}:root` };
  const named = effect === 'Allow' ? { AWS: roleOf(scope === 'same' ? OWNER : OTHER).arn } : '*';
  const base: PoliciesInForce = {
    identity: [FULL],
    ...(scope === 'cross' ? { resource: policy('of the resource', { ...ALLOW_ALL, Principal: account }) } : {}),
  };
  const leave = (...given: Json[]) =>
    policy('tried', ...(effect === 'Deny' ? [{ Effect: 'Allow', Action: '*', Principal: account }] : []), ...given);
  const alone = { identity: effect === 'Allow' && scope === 'same' ? [] : [FULL] };
  switch (policyType) {
    case 'identity':
      return { ...base, identity: [policy('tried', ...others, statement)] };
    case 'permissions-boundary':
      return { ...base, permissionsBoundary: policy('tried', ...others, statement) };
    case 'session':
      return { ...base, session: [policy('tried', ...others, statement)] };
    case 'resource':
      return { ...alone, resource: leave({ ...statement, Principal: named }) };
    case 'key':
      return { ...alone, keyPolicy: leave({ ...statement, Principal: named }) };
    case 'trust':
      return { ...alone, trust: leave({ ...ofTrust, Principal: named }) };
    case 'service-control':
      return { ...base, scps: levels(FULL, policy('tried', ...others, statement)) };
    default:
      return { ...base, rcps: levels(policy('tried', { ...statement, Principal: '*' })) };
  }
}

function levels(...policies: { name: string; document: unknown }[]) {
  return policies.map((one, index) => ({ target: index === 0 ? 'r-ab12' : `ou-${index}`, policies: [one] }));
}
