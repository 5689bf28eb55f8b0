/**
 * `{{resolve:…}}` in a template, and parameters that name a parameter of SSM.
 *
 * Pure: reads the World.
 * Source   AWS CloudFormation User Guide, "Get values stored in other services using dynamic references".
 */
import type { Environment } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { ValueFault } from './stack-values';

/** A text with what it refers to in place. @throws ValueFault */
export function lookUp(_state: WorldState, _env: Environment, text: string): string {
  throw new ValueFault(`NotEmulated: ${text} refers to a service whose values are not kept`);
}

/** Value of a parameter of SSM; undefined where there is none. */
export function parameterOf(_state: WorldState, _env: Environment, _name: string): string | undefined {
  return undefined;
}
