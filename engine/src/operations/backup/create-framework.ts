/**
 * CreateFramework.
 *
 * Source   B10.1/3, B10.1/4; B1.5 (a repeated token is answered with what the first call made).
 */
import type { CreateFrameworkInput, CreateFrameworkOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuseFramework, toControls } from '../framework';

export function createFramework(state: WorldState, caller: Caller, input: CreateFrameworkInput): CreateFrameworkOutput {
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const name = required(input.FrameworkName, 'FrameworkName');
  const controls = toControls(required(input.FrameworkControls, 'FrameworkControls'));
  const { FrameworkDescription: description, IdempotencyToken: idempotencyToken, FrameworkTags: tags = {} } = input;
  const standing = state.frameworks.tryFind(env, name);
  if (standing !== undefined) {
    if (idempotencyToken !== undefined && standing.made.idempotencyToken === idempotencyToken) {
      return { FrameworkName: name, FrameworkArn: standing.arn };
    }
    // Assumed: the text.
    const text = `Framework ${name} already exists.`;
    throw new AwsFault('AlreadyExistsException', text, { arn: standing.arn });
  }
  refuseFramework(state, env, { name, description, controls, tags });
  const made = state.frameworks.create({ env, name, description, controls, tags, idempotencyToken });
  return { FrameworkName: name, FrameworkArn: made.arn };
}
