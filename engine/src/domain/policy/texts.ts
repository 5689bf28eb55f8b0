/**
 * Verdicts in words: a sentence for the author of policies, and the message that AWS would send.
 *
 * Pure.
 * Source   IAM user guide, "Troubleshoot access denied error messages", read 2026-11-26.
 * Spec     evaluation.md beside this file.
 */
import type { Fault } from './document';
import type { PolicyType } from './policies';
import { callerArn } from './principals';
import type { AuthorizationRequest } from './request';
import type { Verdict } from './verdict';

/** What a verdict calls the kinds of policies; the words of AWS where it has some. */
export const POLICY_WORDS: Readonly<Record<PolicyType, string>> = {
  'resource-control': 'resource control policy',
  'service-control': 'service control policy',
  resource: 'resource-based policy',
  key: 'resource-based policy',
  grant: 'grant',
  trust: 'role trust policy',
  identity: 'identity-based policy',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
};

type Ending = Pick<Verdict, 'how' | 'policyType'> & { readonly policyName?: string; readonly statement?: string };

/** The message of an AccessDenied of AWS: who may not do what to which resource, and the kind of policy that says so. */
export function accessDeniedText(request: AuthorizationRequest, { how, policyType }: Ending): string {
  const who = request.principal.kind === 'service' ? 'Service' : 'User';
  const words = POLICY_WORDS[policyType];
  const article = /^[aeiou]/.test(words) ? 'an' : 'a';
  const why =
    how === 'explicit-deny'
      ? `with an explicit deny in ${article} ${words}`
      : `because no ${words} allows the ${request.action} action`;
  return (
    `${who}: ${callerArn(request.principal)} is not authorized to perform: ${request.action}` +
    ` on resource: ${request.resource} ${why}`
  );
}

/** Why a request is denied. */
export function deniedText(request: AuthorizationRequest, ending: Ending, fault: Fault | undefined): string {
  const { how, policyType, policyName, statement } = ending;
  const words = POLICY_WORDS[policyType];
  const who = `${callerArn(request.principal)} may not ${request.action} ${request.resource}`;
  if (fault !== undefined) {
    const place = fault.place === '' ? 'the document' : fault.place;
    return `${who}: the ${words} ${policyName} cannot be read, as ${place} ${fault.message}`;
  }
  return how === 'explicit-deny'
    ? `${who}: ${statement} of the ${words} ${policyName} denies it`
    : `${who}: no ${words} allows it`;
}

/** Why a request is allowed. */
export function grantedText(request: AuthorizationRequest, { policyType, policyName, statement }: Ending): string {
  const who = `${callerArn(request.principal)} may ${request.action} ${request.resource}`;
  return policyName === undefined
    ? `${who}: the root user of the account may, and nothing denies it`
    : `${who}: ${statement} of the ${POLICY_WORDS[policyType]} ${policyName} allows it`;
}
