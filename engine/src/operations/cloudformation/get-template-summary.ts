/**
 * GetTemplateSummary: what a template declares.
 *
 * Source   API of CloudFormation 2010-05-15, GetTemplateSummary.
 */
import type { GetTemplateSummaryCommandInput, GetTemplateSummaryCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { identifiersOf } from '../../provision/imports';
import { capabilitiesOf, findStack, templateText } from '../../provision/stack-calls';
import { showDeclaredParameters } from '../../provision/show-template';
import { readGivenTemplate, readTemplate } from '../../provision/template-text';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';

type Output = Omit<GetTemplateSummaryCommandOutput, '$metadata'>;

export function getTemplateSummary(state: WorldState, caller: Caller, input: GetTemplateSummaryCommandInput): Output {
  const design = input.StackName === undefined ? undefined : findStack(state, caller, input.StackName).design;
  const read =
    design === undefined ? readGivenTemplate(templateText(state, caller, input)) : readTemplate(design.templateText);
  const { Description, AWSTemplateFormatVersion, Metadata } = read.document;
  const capabilities = capabilitiesOf(read) as NonNullable<Output['Capabilities']>;
  const identifiers = identifiersOf(read);
  const types = [...new Set([...read.template.resources.values()].map(({ type }) => type))];
  return given({
    Parameters: showDeclaredParameters(read),
    Description: typeof Description === 'string' ? Description : undefined,
    Capabilities: capabilities.length === 0 ? undefined : capabilities,
    ResourceTypes: types,
    ResourceIdentifierSummaries: identifiers.length === 0 ? undefined : identifiers,
    Version: typeof AWSTemplateFormatVersion === 'string' ? AWSTemplateFormatVersion : undefined,
    Metadata: Metadata === undefined ? undefined : JSON.stringify(Metadata),
    DeclaredTransforms: [...read.template.transforms],
  });
}
