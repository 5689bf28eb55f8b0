/**
 * The keys of a request, as conditions and variables see them.
 *
 * Pure.
 * Source   IAM user guide, "AWS global condition context keys", cited from memory.
 * Spec     evaluation.md beside this file.
 */
import { formatInstant } from '../../kernel/instant';
import type { AuthorizationRequest, ContextValue, Membership, Principal } from './request';

const PRINCIPAL_TYPES = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'service-linked-role': 'AssumedRole',
} as const;

/** Values by key; keys have no case, that of a tag inside of them included. */
export class RequestContext {
  private readonly byKey = new Map<string, readonly string[] | undefined>();

  /** @param keys later ones win over earlier ones */
  constructor(keys: Iterable<readonly [string, ContextValue | undefined]>) {
    for (const [key, value] of keys) {
      this.byKey.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }

  /** The values of a key; undefined when the request has none. */
  values(key: string): readonly string[] | undefined {
    const values = this.byKey.get(key.toLowerCase());
    return values?.length === 0 ? undefined : values;
  }
}

/** The keys that the fields of a request make, and those that it gives itself. */
export function contextOf(
  request: AuthorizationRequest,
  given: Readonly<Record<string, ContextValue>>,
): RequestContext {
  return new RequestContext([
    ...ofPrincipal(request.principal),
    ...ofResource(request),
    ...ofRequest(request),
    ...ofEncryption(request),
    ...Object.entries(given),
  ]);
}

type Key = readonly [string, ContextValue | undefined];

function ofPrincipal(principal: Principal): Key[] {
  const { kind, arn, account, userId, tags = {} } = principal;
  if (kind === 'service') {
    return [
      ['aws:PrincipalIsAWSService', 'true'],
      ['aws:PrincipalServiceName', arn],
      ['aws:PrincipalServiceNamesList', [arn]],
    ];
  }
  return [
    ['aws:PrincipalIsAWSService', 'false'],
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalAccount', account],
    ['aws:PrincipalType', PRINCIPAL_TYPES[kind]],
    ['aws:userid', userId],
    ['aws:username', kind === 'user' ? arn.slice(arn.lastIndexOf('/') + 1) : undefined],
    ...ofMembership('aws:Principal', principal.organization),
    ...tagKeys('aws:PrincipalTag', tags),
  ];
}

function ofResource(request: AuthorizationRequest): Key[] {
  return [
    ['aws:ResourceAccount', request.resourceAccount === '' ? undefined : request.resourceAccount],
    ...ofMembership('aws:Resource', request.resourceOrganization),
    ...tagKeys('aws:ResourceTag', request.resourceTags ?? {}),
  ];
}

function ofRequest(request: AuthorizationRequest): Key[] {
  const { at, viaService, requestTags = {} } = request;
  return [
    ['aws:RequestedRegion', request.requestedRegion],
    ['aws:SecureTransport', 'true'],
    ['aws:CurrentTime', at === undefined ? undefined : formatInstant(at)],
    ['aws:EpochTime', at === undefined ? undefined : `${Math.floor(at / 1000)}`],
    ['aws:ViaAWSService', `${viaService !== undefined}`],
    ['aws:CalledVia', viaService],
    ['aws:CalledViaFirst', viaService],
    ['aws:CalledViaLast', viaService],
    ['aws:SourceAccount', request.sourceAccount],
    ['aws:SourceArn', request.sourceArn],
    ...ofMembership('aws:Source', request.sourceOrganization),
    ['aws:TagKeys', Object.keys(requestTags)],
    ...tagKeys('aws:RequestTag', requestTags),
  ];
}

/** Keys of an encryption context are texts with case in AWS; here, as with tags, the case of a key of conditions is lost. */
function ofEncryption({ encryptionContext }: AuthorizationRequest): Key[] {
  return encryptionContext === undefined
    ? []
    : [
        ['kms:EncryptionContextKeys', Object.keys(encryptionContext)],
        ...Object.entries(encryptionContext).map(([key, value]): Key => [`kms:EncryptionContext:${key}`, value]),
      ];
}

function ofMembership(prefix: string, membership: Membership | undefined): Key[] {
  return [
    [`${prefix}OrgID`, membership?.id],
    [`${prefix}OrgPaths`, membership && [membership.path]],
  ];
}

function tagKeys(prefix: string, tags: Readonly<Record<string, string>>): Key[] {
  return Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]);
}
