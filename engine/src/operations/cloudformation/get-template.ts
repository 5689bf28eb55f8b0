/**
 * GetTemplate: the text as it was given, of a stack or of one of its change sets.
 *
 * Source   API of CloudFormation 2010-05-15, GetTemplate.
 */
import type { GetTemplateCommandInput, GetTemplateCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findChangeSet } from '../../provision/change-set-calls';
import { findStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';

export function getTemplate(
  state: WorldState,
  caller: Caller,
  input: GetTemplateCommandInput,
): Omit<GetTemplateCommandOutput, '$metadata'> {
  const design =
    input.ChangeSetName === undefined
      ? findStack(state, caller, input.StackName).design
      : findChangeSet(state, caller, input).changeSet.design;
  return { TemplateBody: design?.templateText ?? '', StagesAvailable: ['Original', 'Processed'] };
}
