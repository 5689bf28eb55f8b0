/**
 * How somebody becomes a role or a user: by assuming it, by making itself trusted, by keys, by a service that runs what it is
 * told to as a role.
 *
 * Pure: reads a World.
 * Source   as steps.ts; whether a service gets to be a role, its trust policy says.
 *          Service authorization reference of Systems Manager: a command is asked for on its document and on the instance.
 * Assumed  What a service runs as a role can do all that the role can. New code of a function is run by whatever runs it. The
 *          agent of Systems Manager runs on every instance.
 * Spec     attack.md
 */
import { decide } from '../domain/policy/decide';
import { membershipOf, principalOf } from '../domain/policy/in-force';
import { Identity, Role } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import type { Asked, Being, Passage } from './beings';
import { GLOBAL_REGION } from './organization-targets';

/** Ways to a role or a user of an account, those with the fewest steps first. */
export function passages(
  state: WorldState,
  being: Being,
  identity: Identity,
  region: string,
  sameAccount: boolean,
): Passage[] {
  if (!(identity instanceof Role)) {
    return sameAccount ? KEYS_OF_USERS.map((action) => ({ calls: [onIdentity(action, identity)] })) : [];
  }
  const assumes = being.principal.kind !== 'root';
  const found: Passage[] = [];
  if (assumes && mayName(identity.trust, [being.principal.account, '*', 'NotPrincipal'])) {
    found.push({ calls: [assuming(identity)] });
  }
  if (!sameAccount) {
    return found;
  }
  found.push(...byCode(state, identity), ...byInstances(state, identity));
  if (assumes) {
    const rewriting = onIdentity('iam:UpdateAssumeRolePolicy', identity);
    found.push({ calls: [rewriting, { ...assuming(identity), trust: trustOf(being.principal.arn) }] });
  }
  return [...found, ...byServices(state, identity, region)];
}

/** What makes somebody a user: its own keys, or its password. */
const KEYS_OF_USERS = ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'];

/** A call of IAM on a role or user. */
export function onIdentity(action: string, identity: Identity, context: Asked['context'] = {}): Asked {
  const { arn, env, tags, boundary } = identity;
  const bound: Asked['context'] = boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary };
  return { action, resource: arn, account: env.account, tags, context: { ...bound, ...context } };
}

function assuming(role: Role): Asked {
  const { arn, env, tags } = role;
  const context = { 'sts:RoleSessionName': 'session' };
  return { action: 'sts:AssumeRole', resource: arn, account: env.account, tags, context, subject: { role } };
}

function trustOf(AWS: string): string {
  const Statement = [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Functions that run as the role already. */
function byCode({ services }: WorldState, role: Role): Passage[] {
  return services.messaging.functions
    .list()
    .filter(({ settings }) => settings.roleArn === role.arn)
    .map(({ arn, env, tags }) => {
      const { account, region } = env;
      return { calls: [{ action: 'lambda:UpdateFunctionCode', resource: arn, account, region, tags }] };
    });
}

/** What Systems Manager runs anything with that a caller writes down. */
const SHELL = 'document/AWS-RunShellScript';

/** Instances that hold the role already: whoever commands them has its credentials. */
function byInstances({ ledger, services }: WorldState, role: Role): Passage[] {
  const holds = (arn: string | undefined) =>
    services.instanceProfiles.list(role.env).some((profile) => profile.arn === arn && profile.role === role.name);
  return ledger.resources
    .list()
    .filter(({ gone, arn, service }) => {
      const profile = service.id === 'ec2' ? ledger.particulars.instances.of(arn).iamInstanceProfileArn : undefined;
      return !gone && profile !== undefined && holds(profile);
    })
    .flatMap(({ arn, declaration: { env, tags = {} } }) => {
      const { partition, region, account } = env;
      const on: Omit<Asked, 'action'> = { resource: arn, account, region, tags: new Map(Object.entries(tags)) };
      const document = { resource: `arn:${partition}:ssm:${region}::${SHELL}`, account, region };
      const commanding = [document, on].map((each) => ({ ...each, action: 'ssm:SendCommand' }));
      return [{ calls: [{ ...on, action: 'ssm:StartSession' }] }, { calls: commanding }];
    });
}

/** A service that runs what it is given as the role that comes along, and by which calls. */
interface RunningService {
  readonly service: string;
  readonly calls: readonly string[];
  /** What the calls are on, from after the account. */
  readonly resource: string;
}

const NAME = 'attack';

const RUNNING: readonly RunningService[] = [
  { service: 'cloudformation', calls: ['cloudformation:CreateStack'], resource: `stack/${NAME}/*` },
  { service: 'ec2', calls: ['ec2:RunInstances'], resource: 'instance/*' },
  { service: 'lambda', calls: ['lambda:CreateFunction', 'lambda:InvokeFunction'], resource: `function:${NAME}` },
  {
    service: 'states',
    calls: ['states:CreateStateMachine', 'states:StartExecution'],
    resource: `stateMachine:${NAME}`,
  },
];

function byServices(state: WorldState, role: Role, region: string): Passage[] {
  const { env, arn, tags } = role;
  const { partition, account } = env;
  const inProfile = state.services.instanceProfiles.list(env).some((profile) => profile.role === role.name);
  return RUNNING.filter(
    ({ service }) => (service !== 'ec2' || inProfile) && isTrusted(state, role, `${service}.amazonaws.com`),
  ).map(({ service, calls, resource }) => {
    const context = { 'iam:PassedToService': `${service}.amazonaws.com` };
    const place = { account, region };
    return {
      calls: [
        { action: 'iam:PassRole', resource: arn, account, tags, context },
        ...calls.map((action) => {
          const [prefix] = action.split(':');
          // An execution is started on the state machine, whose ARN the other call has, too.
          return { action, resource: `arn:${partition}:${prefix}:${region}:${account}:${resource}`, ...place };
        }),
      ],
    };
  });
}

function isTrusted({ ledger, now }: WorldState, role: Role, service: string): boolean {
  const principal = mayName(role.trust, [service]) ? principalOf(ledger, service) : undefined;
  if (principal === undefined) {
    return false;
  }
  const { partition, account } = role.env;
  const organization = membershipOf(ledger, partition, account);
  const member =
    organization === undefined ? {} : { sourceOrganization: organization, resourceOrganization: organization };
  const request = {
    principal,
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccount: account,
    ...member,
    sourceAccount: account,
    requestedRegion: GLOBAL_REGION,
    at: now,
  };
  return decide(request, ledger.shelf.inForce(request, { role })).allowed;
}

/** Whether a trust policy has one of some words at all: most name one service, and need no closer look. */
function mayName(trust: string, words: readonly string[]): boolean {
  return words.some((word) => trust.includes(word));
}
