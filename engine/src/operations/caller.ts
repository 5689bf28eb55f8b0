/**
 * Who calls an operation.
 *
 * Pure: types alone.
 */
import type { Environment } from '@holdfast/model';
import type { Session } from '../domain/credentials';

/** Account, Region and partition of the call, as `Environment` of the declarations. */
export interface Caller extends Environment {
  /** ARN of the principal; undefined for what CloudFormation or Terraform would call. */
  readonly principalArn?: string;
  /** The session whose temporary keys signed the call. */
  readonly session?: Session;
}
