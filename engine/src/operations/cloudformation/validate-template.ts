/**
 * ValidateTemplate: whether a template can be read, and what it declares.
 *
 * Source   API of CloudFormation 2010-05-15, ValidateTemplate.
 */
import type { ValidateTemplateCommandInput, ValidateTemplateCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { capabilitiesOf, templateText } from '../../provision/stack-calls';
import { showDeclaredParameters } from '../../provision/show-template';
import { readGivenTemplate } from '../../provision/template-text';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';

type Output = Omit<ValidateTemplateCommandOutput, '$metadata'>;

export function validateTemplate(state: WorldState, caller: Caller, input: ValidateTemplateCommandInput): Output {
  const read = readGivenTemplate(templateText(state, caller, input));
  const { Description } = read.document;
  const capabilities = capabilitiesOf(read) as NonNullable<Output['Capabilities']>;
  const Parameters = showDeclaredParameters(read).map(({ ParameterKey, DefaultValue, NoEcho, Description: said }) =>
    given({ ParameterKey, DefaultValue, NoEcho, Description: said }),
  );
  return given({
    Parameters,
    Description: typeof Description === 'string' ? Description : undefined,
    Capabilities: capabilities.length === 0 ? undefined : capabilities,
    DeclaredTransforms: [...read.template.transforms],
  });
}
