import { ControlInputParameter } from '@holdfast/model';
import { Fn, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** The value of a parameter as text, tokens in it kept. */
export function parameterText(scope: IConstruct, value: unknown): string {
  if (typeof value === 'number') {
    return Tokenization.stringifyNumber(value);
  }
  if (Array.isArray(value)) {
    return Token.isUnresolved(value) ? Fn.join(',', value as string[]) : value.join(',');
  }
  return typeof value === 'object' && !Token.isUnresolved(value)
    ? Stack.of(scope).toJsonString(value)
    : Token.asString(value);
}

/** Parameters of a rule of AWS Config: names to texts; undefined for none. */
export function parameterTexts(
  scope: IConstruct,
  parameters: ControlInputParameter[],
): { [name: string]: string } | undefined {
  return parameters.length === 0
    ? undefined
    : Object.fromEntries(
        parameters.map(({ parameterName, parameterValue }) => [parameterName, parameterText(scope, parameterValue)]),
      );
}
