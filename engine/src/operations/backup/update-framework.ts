/**
 * UpdateFramework: what is not given stays.
 *
 * Source   B10.1/4. Assumed: that what is not given stays.
 */
import type { UpdateFrameworkInput, UpdateFrameworkOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findSettledFramework, refuseFramework, toControls } from '../framework';

export function updateFramework(state: WorldState, caller: Caller, input: UpdateFrameworkInput): UpdateFrameworkOutput {
  const framework = findSettledFramework(state, caller, input.FrameworkName);
  const { name, made, arn, createdAt } = framework;
  // Assumed: an empty description, which Terraform sends where none is declared, takes away the one that was there.
  const asked = input.FrameworkDescription ?? framework.description;
  const description = asked === '' ? undefined : asked;
  const controls =
    input.FrameworkControls === undefined ? [...framework.controls] : toControls(input.FrameworkControls);
  refuseFramework(state, made.env, { name, description, controls }, framework);
  state.frameworks.update(framework, controls, description);
  return { FrameworkName: name, FrameworkArn: arn, CreationTime: dateOf(createdAt) };
}
