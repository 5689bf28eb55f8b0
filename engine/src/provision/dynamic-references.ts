/**
 * `{{resolve:…}}` in a template, and parameters that name a parameter of SSM.
 *
 * Pure: reads the World.
 * Source   AWS CloudFormation User Guide, "Get values stored in other services using dynamic references".
 */
import type { Environment } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { tryFindParameter } from '../operations/find-parameter';
import { ValueFault } from './stack-values';

const REFERENCE = /\{\{resolve:([a-z-]+):([^}]*)\}\}/g;

/** A text with what it refers to in place. @throws ValueFault */
export function lookUp(state: WorldState, env: Environment, text: string): string {
  return text.replace(REFERENCE, (whole, service: string, name: string) => {
    if (service !== 'ssm') {
      throw new ValueFault(`NotEmulated: ${whole} refers to what is not looked up`);
    }
    const value = parameterOf(state, env, name);
    if (value === undefined) {
      throw new ValueFault(`SSM parameter ${name} was not found`);
    }
    return value;
  });
}

/** Value of a parameter of SSM, perhaps of a version; undefined where there is none, or where it is secret. */
export function parameterOf(state: WorldState, env: Environment, name: string): string | undefined {
  const found = tryFindParameter(state, env, name);
  return found === undefined || found.version.type === 'SecureString' ? undefined : found.version.value;
}
