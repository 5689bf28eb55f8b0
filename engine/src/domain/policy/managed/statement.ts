/**
 * A statement of a policy that AWS manages, in short.
 *
 * Pure.
 */

/** What a policy allows; those that AWS manages deny nothing. */
export interface Allowed {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** A policy: its statements, and which version of it they are. */
export interface ManagedPolicyText {
  /** E.g. `v29 of 2026-02-12`. */
  readonly version: string;
  /** Whether statements or actions are left out that nothing here asks for: they describe and list resources. */
  readonly extract?: true;
  readonly statements: readonly Allowed[];
}

/** @param Sid empty where AWS gives none */
export function allow(
  Sid: string,
  Action: string | readonly string[],
  Resource: string | readonly string[] = '*',
  Condition?: object,
): Allowed {
  return {
    ...(Sid === '' ? {} : { Sid }),
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  };
}

/** Actions of one service. */
export function of(service: string, ...names: string[]): string[] {
  return names.map((name) => `${service}:${name}`);
}

/** Only what AWS Backup has tagged as its own. */
export const TAGGED_BY_BACKUP = { Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' } };

/** Only on behalf of a resource of AWS. */
export const FOR_AWS_RESOURCES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/** By way of services. */
export function via(...services: string[]): { readonly StringLike: Readonly<Record<string, readonly string[]>> } {
  return { StringLike: { 'kms:ViaService': services.map((service) => `${service}.*.amazonaws.com`) } };
}

/** Only in the account of whoever asks. */
export const IN_OWN_ACCOUNT = { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } };
