/**
 * AssumeRole: a session in the role's account. Whether the role lets the caller in is decided before (authorize.ts).
 *
 * Source   API of STS 2011-06-15, AssumeRole; IAM user guide, "Methods to assume a role" (chained sessions last an hour).
 * Assumed  Where policies do not decide, every role can be assumed, be it declared or not: a deployment by the CDK assumes
 *          the roles of a bootstrap that an account may never have seen.
 * Spec     ../../domain/credentials.md
 */
import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { principalId } from '../principal-id';
import { durationOf, limitsOf, sessionTags, showCredentials } from '../session';

const ROLE = /^arn:([a-z-]+):iam::(\d{12}):role\/(?:[!-~]*\/)?([\w+=,.@-]{1,64})$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const HOUR_SECONDS = 3600;
/** For a role that was never declared: as long as any role may allow. */
const MOST_SECONDS = 12 * HOUR_SECONDS;

export function assumeRole(
  state: WorldState,
  caller: Caller,
  input: AssumeRoleCommandInput,
): Omit<AssumeRoleCommandOutput, '$metadata'> {
  const { Policy, PolicyArns, Tags, DurationSeconds, SourceIdentity } = input;
  const roleArn = required(input.RoleArn, 'RoleArn');
  const [, partition = '', account = '', name = ''] = ROLE.exec(roleArn) ?? [];
  if (name === '') {
    throw new AwsFault('ValidationError', `${roleArn} is invalid`);
  }
  const sessionName = required(input.RoleSessionName, 'RoleSessionName');
  if (!SESSION_NAME.test(sessionName)) {
    throw new AwsFault(
      'ValidationError',
      `RoleSessionName must be 2 to 64 letters, digits or any of _+=,.@-, got '${sessionName}'`,
    );
  }
  const role = state.ledger.roles.tryFindRole(roleArn);
  const chained = caller.session !== undefined && caller.principalArn?.includes(':assumed-role/') === true;
  const most = chained ? HOUR_SECONDS : (role?.maxSessionSeconds ?? MOST_SECONDS);
  const seconds = durationOf(DurationSeconds, HOUR_SECONDS, most);
  const principalArn = `arn:${partition}:sts::${account}:assumed-role/${name}/${sessionName}`;
  const session = state.services.credentials.begin({
    env: { partition, account },
    principalArn,
    expiresAt: state.now + seconds * 1000,
    limits: limitsOf(Policy, PolicyArns),
    tags: sessionTags(Tags),
  });
  const AssumedRoleId = principalId(state, { partition, account }, principalArn);
  return given({
    Credentials: showCredentials(session),
    AssumedRoleUser: { AssumedRoleId, Arn: principalArn },
    SourceIdentity,
  });
}
