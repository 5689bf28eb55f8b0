/**
 * GetAuthorizationToken: valid for twelve hours, and for nothing here.
 *
 * Source   ECR API reference 2015-09-21.
 */
import type { GetAuthorizationTokenCommandInput, GetAuthorizationTokenCommandOutput } from '@aws-sdk/client-ecr';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { uuid } from '../../kernel/ids';
import { dateOf, HOUR } from '../../kernel/instant';
import { registryOf } from '../find-repository';

export function getAuthorizationToken(
  state: WorldState,
  caller: Caller,
  input: GetAuthorizationTokenCommandInput,
): Omit<GetAuthorizationTokenCommandOutput, '$metadata'> {
  const secret = uuid(state.seed, { kind: 'ecr-token', names: [caller.account, caller.region], at: state.now });
  const registries = input.registryIds ?? [caller.account];
  return {
    authorizationData: registries.map((account) => ({
      authorizationToken: Buffer.from(`AWS:${secret}`).toString('base64'),
      expiresAt: dateOf(state.now + 12 * HOUR),
      proxyEndpoint: `https://${registryOf({ ...caller, account })}`,
    })),
  };
}
