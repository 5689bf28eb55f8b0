/**
 * What sessions have in common, whichever operation begins them.
 *
 * Pure: shapes and bounds.
 * Source   API model of STS 2011-06-15: Credentials, policyDescriptorListType, durations.
 */
import type { Credentials as CredentialsShape, PolicyDescriptorType, Tag } from '@aws-sdk/client-sts';
import type { Session, SessionLimits } from '../domain/credentials';
import { dateOf } from '../kernel/instant';
import { AwsFault } from './fault';
import { policyText } from './policy-document';

/** Characters of a policy that is passed. */
const MOST_CHARACTERS = 2048;
const MOST_POLICIES = 10;

export function showCredentials({ id, secret, token, expiresAt }: Session): CredentialsShape {
  return { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token, Expiration: dateOf(expiresAt) };
}

/** Seconds that a session lasts. The text is Assumed, after those of the service. */
export function durationOf(given: number | undefined, usual: number, most: number): number {
  const seconds = given ?? usual;
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > most) {
    throw new AwsFault('ValidationError', `DurationSeconds must be 900 to ${most}, got ${seconds}`);
  }
  return seconds;
}

/** Policies that were passed; undefined when none was. */
export function limitsOf(
  policy: string | undefined,
  arns: readonly PolicyDescriptorType[] | undefined,
): SessionLimits | undefined {
  const policyArns = (arns ?? []).flatMap(({ arn }) => arn ?? []);
  if (policyArns.length > MOST_POLICIES) {
    throw new AwsFault('ValidationError', `PolicyArns must be at most ${MOST_POLICIES}, got ${policyArns.length}`);
  }
  if (policy === undefined && policyArns.length === 0) {
    return undefined;
  }
  return { policyArns, policy: policy === undefined ? undefined : policyText(policy, 'Policy', MOST_CHARACTERS) };
}

export function sessionTags(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}
