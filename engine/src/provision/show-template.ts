/**
 * What a template declares, as GetTemplateSummary shows it.
 *
 * Pure: a template in, the SDK's shapes out.
 */
import type { ParameterDeclaration } from '@aws-sdk/client-cloudformation';
import { given } from '../operations/backup/shapes';
import { declaredParameter, ReadTemplate } from './template-text';

export function showDeclaredParameters(read: ReadTemplate): ParameterDeclaration[] {
  return [...read.template.parameters.keys()].map((name) => {
    const { Type, Default, NoEcho, Description, AllowedValues } = declaredParameter(read, name);
    return given({
      ParameterKey: name,
      DefaultValue: Default === undefined ? undefined : String(Default),
      ParameterType: String(Type),
      NoEcho: NoEcho === true || NoEcho === 'true',
      Description: typeof Description === 'string' ? Description : undefined,
      ParameterConstraints: Array.isArray(AllowedValues) ? { AllowedValues: AllowedValues.map(String) } : {},
    });
  });
}
