import { KeyPolicies } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration, Lazy } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { environmentOf } from './environment';

/** Who administers a key, and which roles AWS Backup uses it with. */
export interface KeyUsers {
  readonly adminRoles?: iam.IRole[];
  /** Roles beside the service-linked one; the list is read at synthesis, so that it may grow. */
  readonly backupRoles: iam.IRole[];
}

/** The statements that a key for backups begins with. */
export function ownStatements(scope: IConstruct, { adminRoles, backupRoles }: KeyUsers): iam.PolicyStatement[] {
  const { partition, account } = environmentOf(scope);
  const serviceLinked = KeyPolicies.serviceLinkedRoleArn(partition, account);
  const statements = [
    ...KeyPolicies.administration({ partition, account, adminArns: adminRoles?.map((role) => role.roleArn) }),
    ...KeyPolicies.vaultKey({
      partition,
      account,
      roleArns: Lazy.list({ produce: () => [serviceLinked, ...backupRoles.map((role) => role.roleArn)] }),
    }),
  ];
  return statements.map((statement: unknown) => iam.PolicyStatement.fromJson(statement));
}

/** The statements that let AWS Backup of another account copy what the key encrypts. */
export function copyStatements(scope: IConstruct, destinationAccount: string): iam.PolicyStatement[] {
  const { partition, account } = environmentOf(scope);
  const statements = KeyPolicies.sourceKey({ partition, account, destinationAccounts: [destinationAccount] });
  return statements.map((statement: unknown) => iam.PolicyStatement.fromJson(statement));
}

/** Fractions are left to the rules. */
export function daysOf(duration: Duration | undefined): number | undefined {
  return duration?.toDays({ integral: false });
}
