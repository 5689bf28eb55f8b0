/**
 * Whether a grant of a key is leave for a request: for who asks, what is asked, and under which encryption context.
 *
 * Pure.
 * Source   KMS API reference, CreateGrant and GrantConstraints; KMS developer guide, "Granting CreateGrant permission" (read
 *          2026-11-27).
 * Spec     evaluation.md beside this file.
 */
import type { GrantConstraints } from '../keys';
import type { GrantTerms, KeyGrant } from './policies';
import { Reach, reachOf } from './principals';
import type { AuthorizationRequest } from './request';

type Pairs = Readonly<Record<string, string>>;

/** Operations that are done under an encryption context: to others a constraint does not apply. */
const UNDER_CONTEXT = new Set(
  [
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
  ].map(actionOf),
);
const CREATE_GRANT = actionOf('CreateGrant');

/** How far a grant reaches to who asks; undefined when it does not, or not for this request. */
export function reachOfGrant(grant: KeyGrant, request: AuthorizationRequest): Reach | undefined {
  const { granteePrincipal, operations } = grant;
  const action = request.action.toLowerCase();
  if (!operations.some((operation) => actionOf(operation) === action) || !isWithin(grant, action, request)) {
    return undefined;
  }
  const reach = reachOf({ AWS: [granteePrincipal], Service: [granteePrincipal] }, request.principal);
  return reach === 'role' ? 'direct' : reach;
}

function isWithin(given: GrantTerms, action: string, { encryptionContext = {}, grant }: AuthorizationRequest): boolean {
  if (action === CREATE_GRANT) {
    return grant === undefined || isAsStrict(given, grant);
  }
  const { constraints } = given;
  return constraints === undefined || !UNDER_CONTEXT.has(action) || holds(constraints, encryptionContext);
}

function holds({ encryptionContextEquals, encryptionContextSubset }: GrantConstraints, context: Pairs): boolean {
  return (
    (encryptionContextEquals === undefined ||
      (has(context, encryptionContextEquals) && has(encryptionContextEquals, context))) &&
    (encryptionContextSubset === undefined || has(context, encryptionContextSubset))
  );
}

/** Who may create grants by a grant gives away no more than that: no other operation, no looser constraint. */
function isAsStrict(given: GrantTerms, asked: GrantTerms): boolean {
  const known = given.operations.map(actionOf);
  const { encryptionContextEquals, encryptionContextSubset } = asked.constraints ?? {};
  const wanted = given.constraints;
  const equal = wanted?.encryptionContextEquals;
  const subset = wanted?.encryptionContextSubset;
  const least = { ...encryptionContextSubset, ...encryptionContextEquals };
  return (
    asked.operations.every((operation) => known.includes(actionOf(operation))) &&
    (equal === undefined ||
      (encryptionContextEquals !== undefined && holds({ encryptionContextEquals: equal }, encryptionContextEquals))) &&
    (subset === undefined || has(least, subset))
  );
}

/** Whether the pairs have all of the others; keys have no case in a constraint, values have. */
function has(pairs: Pairs, others: Pairs): boolean {
  const values = new Map(Object.entries(pairs).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(others).every(([key, value]) => values.get(key.toLowerCase()) === value);
}

function actionOf(operation: string): string {
  return `kms:${operation}`.toLowerCase();
}
