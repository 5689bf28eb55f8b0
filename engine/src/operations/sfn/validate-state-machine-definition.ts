/**
 * ValidateStateMachineDefinition: what CreateStateMachine would say.
 *
 * Source   API of Step Functions 2016-11-23, ValidateStateMachineDefinition.
 */
import type {
  ValidateStateMachineDefinitionCommandInput,
  ValidateStateMachineDefinitionCommandOutput,
} from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { refuseDefinition } from '../find-state-machine';
import { required } from '../find-vault';

export function validateStateMachineDefinition(
  _state: WorldState,
  _caller: Caller,
  input: ValidateStateMachineDefinitionCommandInput,
): Omit<ValidateStateMachineDefinitionCommandOutput, '$metadata'> {
  try {
    refuseDefinition(required(input.definition, 'definition'), input.type);
    return { result: 'OK', diagnostics: [], truncated: false };
  } catch (error) {
    if (error instanceof AwsFault && error.name === 'InvalidDefinition') {
      const diagnostic = { severity: 'ERROR' as const, code: 'SCHEMA_VALIDATION_FAILED', message: error.message };
      return { result: 'FAIL', diagnostics: [diagnostic], truncated: false };
    }
    throw error;
  }
}
