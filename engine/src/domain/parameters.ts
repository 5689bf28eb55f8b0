/**
 * Parameters of Systems Manager.
 *
 * Owns     the parameters by account and Region, each with its versions.
 * Units    `…At` are Instants.
 * Source   API of Systems Manager 2014-11-06.
 * Spec     parameters.md
 */
import type { Environment } from '@holdfast/model';
import { hex128 } from '../kernel/ids';
import type { Instant } from '../kernel/instant';
import type { TagMap } from './tags';

export interface ParameterVersion {
  readonly version: number;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly value: string;
  readonly description: string | undefined;
  readonly keyId: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly tier: 'Standard' | 'Advanced';
  readonly dataType: string;
  readonly changedAt: Instant;
}

export interface Parameter {
  readonly name: string;
  readonly arn: string;
  /** Oldest first, at least one. */
  readonly versions: ParameterVersion[];
  tags: TagMap;
}

/** Source: API PutParameter: versions of one parameter that are kept. */
export const VERSIONS_KEPT = 100;

export function newestOf({ versions }: Parameter): ParameterVersion {
  return versions.at(-1) as ParameterVersion;
}

/** Source: API Parameter.ARN: a name that begins with a slash has it once. */
export function parameterArn({ partition, account, region }: Environment, name: string): string {
  return `arn:${partition}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}

/**
 * What a SecureString shows to those who do not ask for it decrypted.
 *
 * Assumed: opaque text that only GetParameter can open, as no ciphertext of KMS is made here.
 */
export function sealed(seed: number, arn: string, { version, value }: ParameterVersion): string {
  const names = [arn, String(version), value];
  return Buffer.from(hex128(seed, { kind: 'secure-string', names }), 'hex').toString('base64');
}
