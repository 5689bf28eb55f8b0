/**
 * GetSessionToken: temporary keys of the user, or root user, that calls.
 *
 * Source   API of STS 2011-06-15, GetSessionToken. Devices for a second factor are not emulated.
 * Spec     ../../domain/credentials.md
 */
import type { GetSessionTokenCommandInput, GetSessionTokenCommandOutput } from '@aws-sdk/client-sts';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { callingArn } from '../principal-id';
import { durationOf, showCredentials } from '../session';

const HOUR_SECONDS = 3600;

export function getSessionToken(
  state: WorldState,
  caller: Caller,
  input: GetSessionTokenCommandInput,
): Omit<GetSessionTokenCommandOutput, '$metadata'> {
  if (caller.session !== undefined) {
    throw new AwsFault('AccessDenied', 'Cannot call GetSessionToken with session credentials');
  }
  if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
    throw new AwsFault('NotEmulated', 'sts: GetSessionToken with a second factor is not emulated');
  }
  const principalArn = callingArn(caller);
  const root = principalArn.endsWith(':root');
  const seconds = durationOf(
    input.DurationSeconds,
    root ? HOUR_SECONDS : 12 * HOUR_SECONDS,
    root ? HOUR_SECONDS : 36 * HOUR_SECONDS,
  );
  const { partition, account } = caller;
  const expiresAt = state.now + seconds * 1000;
  const session = state.services.credentials.begin({ env: { partition, account }, principalArn, expiresAt });
  return { Credentials: showCredentials(session) };
}
