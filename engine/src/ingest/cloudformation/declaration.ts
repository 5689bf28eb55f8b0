/**
 * One resource of a template, ready to be read: its properties, its place and its name.
 *
 * Pure.
 */
import type { Environment } from '@holdfast/model';
import type { DeclaredValue } from './declared-value';
import type { Identity } from './identities';

export interface Declaration {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: DeclaredValue;
  readonly env: Environment;
  /** `<file>: <logical id>`. */
  readonly declaredAt: string;
  /** Name and ARN, for the types of `known-types.ts`. */
  identity(): Identity;
  /** The file or folder that is published under a key, or that the CDK says is the resource's asset; undefined when neither is. */
  asset(key: string | undefined): string | undefined;
  /** The resource's tags over those of its stack; undefined when there is none. */
  withStackTags(tags: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined;
}

/** An object without the properties that are undefined. */
export function withoutUndefined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}
