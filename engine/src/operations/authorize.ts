/**
 * Whether a caller may do what it asks, in a World whose policies decide.
 *
 * Pure: reads the World; throws before an operation begins, so that a denied call changes nothing.
 * Source   Service authorization reference (keys of each action); B11.5, B12 (iam:PassRole); IAM user guide, "Troubleshoot
 *          access denied error messages" (text); STS API reference, AssumeRole.
 * Spec     ../domain/policy/evaluation.md
 */
import { decide } from '../domain/policy/decide';
import { membershipOf, principalOf, Subject } from '../domain/policy/in-force';
import type { AuthorizationRequest, ContextValue, Principal } from '../domain/policy/request';
import { accessDeniedText } from '../domain/policy/texts';
import type { WorldState } from '../domain/world-state';
import { actionOf, passedRoles } from './actions';
import { About, aboutOf, aboutRetired } from './call-subject';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { itemRequests } from './item-requests';
import { requestKeys } from './request-keys';

/** Source: STS API reference: nobody needs leave for it, and nobody can be denied it. */
const FREE = 'sts:GetCallerIdentity';
/** Who may is a matter of the grant (Source: KMS developer guide, "Retiring and revoking grants"). */
const RETIRE = 'kms:RetireGrant';
/** What a session of a user without a second factor may do with STS (Source: STS API reference, GetSessionToken). */
const OF_USER_SESSIONS = ['sts:AssumeRole', FREE];

/**
 * Refuses a call that policies deny. Calls without a principal are those of a deployment, and pass.
 *
 * @param service what its requests are signed with, e.g. `backup`
 * @param operation e.g. `DeleteRecoveryPoint`
 * @throws AwsFault AccessDeniedException, with AWS's text
 */
export function authorize(state: WorldState, caller: Caller, service: string, operation: string, input: object): void {
  if (!state.enforceIam || caller.principalArn === undefined) {
    return;
  }
  if (caller.session !== undefined && state.services.credentials.isOrphan(caller.session)) {
    throw new AwsFault('AccessDeniedException', 'The security token included in the request is invalid.');
  }
  const action = actionOf(service, operation);
  if (action === FREE) {
    return;
  }
  const principal = callingPrincipal(state, caller, caller.principalArn);
  if (action === 'sts:AssumeRole') {
    authorizeAssuming(state, caller, principal, input);
    return;
  }
  if (caller.session !== undefined && principal.kind === 'user' && /^(iam|sts)$/.test(service)) {
    if (!OF_USER_SESSIONS.includes(action)) {
      throw new AwsFault(
        'AccessDeniedException',
        `Cannot call ${service.toUpperCase()} operations with session credentials`,
      );
    }
  }
  const items = service === 'dynamodb' ? itemRequests(state, caller, operation, input) : undefined;
  for (const { operation: one, resource, context } of items ?? []) {
    const about: About = { resource };
    const request = requestOf(state, caller, principal, actionOf(service, one), about);
    refuseDenied(state, caller, { ...request, context }, about);
  }
  if (items === undefined) {
    const about = action === RETIRE ? aboutRetired(state, caller, input) : aboutOf(state, caller, service, input);
    if (about !== undefined) {
      const request = requestOf(state, caller, principal, action, about);
      refuseDenied(state, caller, { ...request, ...requestKeys(state, caller, service, input) }, about);
    }
  }
  for (const { role, to } of passedRoles(service, input)) {
    const passed: About = { resource: role };
    const passing = requestOf(state, caller, principal, 'iam:PassRole', passed);
    refuseDenied(state, caller, { ...passing, context: { 'iam:PassedToService': to } }, passed);
  }
}

/** What else a request says, for actions that an operation needs beside its own. */
interface Beside extends Subject, Pick<AuthorizationRequest, 'encryptionContext'> {
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** Whether policies let a caller do what an operation needs beside its own action, such as one without an operation. */
export function permits(state: WorldState, caller: Caller, action: string, about: About & Beside): boolean {
  try {
    refuseUnless(state, caller, action, about.resource, about);
    return true;
  } catch (error) {
    if (error instanceof AwsFault) {
      return false;
    }
    throw error;
  }
}

/** @throws AwsFault where they do not */
export function refuseUnless(
  state: WorldState,
  caller: Caller,
  action: string,
  resource: string,
  { context, encryptionContext, ...beside }: Beside & Pick<About, 'tags'> = {},
): void {
  if (!state.enforceIam || caller.principalArn === undefined) {
    return;
  }
  const principal = callingPrincipal(state, caller, caller.principalArn);
  const about = { ...beside, resource };
  const request = requestOf(state, caller, principal, action, about);
  const more = { ...(context && { context }), ...(encryptionContext && { encryptionContext }) };
  refuseDenied(state, caller, { ...request, ...more }, about);
}

/** Who calls; tags of a session win over those of its role. */
function callingPrincipal(state: WorldState, { session }: Caller, arn: string): Principal {
  const principal = principalOf(state.ledger, arn);
  if (principal === undefined) {
    throw new AwsFault('AccessDeniedException', `${arn} is no principal.`);
  }
  return session?.tags === undefined ? principal : { ...principal, tags: { ...principal.tags, ...session.tags } };
}

/** A role that is not there is denied as one that does not trust the caller. */
function authorizeAssuming(state: WorldState, caller: Caller, principal: Principal, input: object): void {
  if (principal.kind === 'root') {
    throw new AwsFault('AccessDeniedException', 'Roles may not be assumed by root accounts.');
  }
  const about = aboutOf(state, caller, 'sts', input);
  const keys = requestKeys(state, caller, 'sts', input);
  const wanted = ['sts:AssumeRole'];
  if (keys.requestTags !== undefined) {
    wanted.push('sts:TagSession');
  }
  if ('sts:SourceIdentity' in keys.context) {
    wanted.push('sts:SetSourceIdentity');
  }
  for (const action of wanted) {
    const request = { ...requestOf(state, caller, principal, action, about), ...keys };
    if (about.role === undefined && about.resource !== '*') {
      const denied = { how: 'implicit-deny', policyType: 'trust' } as const;
      throw new AwsFault('AccessDeniedException', accessDeniedText(request, denied));
    }
    refuseDenied(state, caller, request, about);
  }
}

function refuseDenied(state: WorldState, { session }: Caller, request: AuthorizationRequest, subject: Subject): void {
  const limits = session?.limits;
  const verdict = decide(request, state.ledger.shelf.inForce(request, { ...subject, limits }));
  state.ledger.decisions.note(state.now, request, verdict);
  if (!verdict.allowed) {
    throw new AwsFault('AccessDeniedException', accessDeniedText(request, verdict));
  }
}

/** The account of an ARN, or of the bucket that it names without one; else the caller's. */
function accountOf({ buckets }: WorldState, { partition, account }: Caller, resource: string): string {
  const [, bucket] = /^arn:[^:]*:s3:::([^/]+)/.exec(resource) ?? [];
  const named = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1];
  return named ?? (bucket && buckets.tryFind(partition, bucket)?.env.account) ?? account;
}

function requestOf(
  state: WorldState,
  caller: Caller,
  principal: Principal,
  action: string,
  { resource, tags = {} }: About,
): AuthorizationRequest {
  const resourceAccount = accountOf(state, caller, resource);
  const owner = membershipOf(state.ledger, caller.partition, resourceAccount);
  return {
    principal,
    action,
    resource,
    // Source B6.3/10: calls of AWS Backup are about vaults of the caller's own account.
    resourceAccount,
    ...(owner === undefined ? {} : { resourceOrganization: owner }),
    resourceTags: tags,
    requestedRegion: caller.region,
    at: state.now,
  };
}
